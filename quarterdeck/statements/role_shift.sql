-- Roles change from a day: `promoting` holds who, to what, and what was so before.
-- A first named role has always been it: what was only assumed is replaced.

update person_role set superseded_at = $at
where superseded_at is null and valid_to = date '9999-12-31'
  and person_id in (select promoting.person_id from promoting);

insert into person_role
select person_id, was_role, was_from, $from_on, $origin, $batch_id, $at, null
from promoting
where was_origin <> 'assumed' and was_from < $from_on;

insert into person_role
select
    person_id, said_role,
    case when was_origin <> 'assumed' then greatest($from_on, was_from) else date '0001-01-01' end,
    date '9999-12-31', $origin, $batch_id, $at, null
from promoting
