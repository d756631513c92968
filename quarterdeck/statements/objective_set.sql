-- From a day on the objective is this; what held before ends there.

create or replace temp table ending as
select *
from objective
where superseded_at is null and person_id = $person_id and kind = $kind and every = $every and valid_to > $from_on;

update objective set superseded_at = $at
where superseded_at is null and person_id = $person_id and kind = $kind and every = $every and valid_to > $from_on;

insert into objective
select ending.* replace ($from_on as valid_to, $at as recorded_at)
from ending
where ending.valid_from < $from_on;

insert into objective
select
    $person_id, $kind, $every, $target::decimal(18, 2), $from_on, date '9999-12-31', 'command', null, $at, null
where $target::decimal(18, 2) > 0
