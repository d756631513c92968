-- Roles change from a day: `promoting` holds who has which from from_on until before until_on. What held on those days
-- gives way; what lies before and after stays.
-- A first named role has always been it: what was only assumed is replaced.

create or replace temp table starting as
select
    promoting.*,
    promoting.person_id not in (
        select role.person_id from person_role as role where role.superseded_at is null and role.origin <> 'assumed'
    ) as is_first
from promoting;

create or replace temp table giving_way as
select role.*, starting.from_on, starting.until_on
from person_role as role
inner join starting
    on role.person_id = starting.person_id
    and (role.origin = 'assumed' or (role.valid_from < starting.until_on and role.valid_to > starting.from_on))
where role.superseded_at is null;

update person_role set superseded_at = $at
where superseded_at is null
  and (person_id, valid_from) in (select (giving_way.person_id, giving_way.valid_from) from giving_way);

insert into person_role
select person_id, role, valid_from, from_on, origin, $batch_id, $at, null
from giving_way
where origin <> 'assumed' and valid_from < from_on;

insert into person_role
select person_id, role, until_on, valid_to, origin, $batch_id, $at, null
from giving_way
where origin <> 'assumed' and valid_to > until_on;

insert into person_role
select
    person_id, said_role,
    case when is_first then date '0001-01-01' else from_on end,
    until_on, $origin, $batch_id, $at, null
from starting
