-- Reporting lines change from a day: `shifting` holds who reports to whom from from_on until before until_on. What held
-- on those days gives way; what lies before and after stays.
-- A first known manager has always been it, unless somebody who once stood below.

create or replace temp table starting as
select
    shifting.*,
    shifting.person_id not in (select line.person_id from reporting_line as line where line.superseded_at is null)
    and shifting.manager_id not in (
        select path.person_id from report_path as path where path.superseded_at is null and path.ancestor_id = shifting.person_id
    ) as is_first
from shifting;

create or replace temp table giving_way as
select line.*, starting.from_on, starting.until_on
from reporting_line as line
inner join starting
    on line.person_id = starting.person_id and line.valid_from < starting.until_on and line.valid_to > starting.from_on
where line.superseded_at is null;

update reporting_line set superseded_at = $at
where superseded_at is null
  and (person_id, valid_from) in (select (giving_way.person_id, giving_way.valid_from) from giving_way);

insert into reporting_line
select person_id, manager_id, valid_from, from_on, origin, $batch_id, $at, null
from giving_way
where valid_from < from_on;

insert into reporting_line
select person_id, manager_id, until_on, valid_to, origin, $batch_id, $at, null
from giving_way
where valid_to > until_on;

insert into reporting_line
select
    person_id, manager_id,
    case when is_first then date '0001-01-01' else from_on end,
    until_on,
    case when is_first then 'assumed' else $origin end,
    $batch_id, $at, null
from starting
where manager_id is not null
