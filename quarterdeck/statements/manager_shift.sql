-- Reporting lines change from a day: `shifting` holds who, to whom, and what was so before.
-- A first known manager has always been it.

update reporting_line set superseded_at = $at
where superseded_at is null and valid_to = date '9999-12-31'
  and person_id in (select shifting.person_id from shifting);

insert into reporting_line
select person_id, was_id, was_from, $from_on, $origin, $batch_id, $at, null
from shifting
where was_id is not null and was_from < $from_on;

insert into reporting_line
select
    person_id, manager_id,
    case when was_id is null then date '0001-01-01' else greatest($from_on, was_from) end,
    date '9999-12-31',
    case when was_id is null then 'assumed' else $origin end,
    $batch_id, $at, null
from shifting
where manager_id is not null
