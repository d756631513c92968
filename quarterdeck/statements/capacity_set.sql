-- From one day until before another, somebody's share of a kind is this: what stood before and after stays. A share of
-- 1 is what is so without a word.

create or replace temp table cut as
select *
from person_capacity
where superseded_at is null and person_id = $person_id and kind = $kind and valid_from < $until_on and valid_to > $from_on;

update person_capacity set superseded_at = $at
where superseded_at is null and person_id = $person_id and kind = $kind and valid_from < $until_on and valid_to > $from_on;

insert into person_capacity
select cut.* replace ($from_on as valid_to, $at as recorded_at)
from cut
where cut.valid_from < $from_on;

insert into person_capacity
select cut.* replace ($until_on as valid_from, $at as recorded_at)
from cut
where cut.valid_to > $until_on;

insert into person_capacity
select $person_id, $kind, $share::decimal(9, 6), $from_on, $until_on, 'command', null, $at, null
where $share::decimal(9, 6) < 1
