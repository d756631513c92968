-- Takes one change by hand back: what it said is superseded, what it superseded is written again.
-- Roles that were only assumed, and the closure of reporting lines, follow from the rest (people_derive).

update person set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into person
select * replace ($at as recorded_at, null as superseded_at)
from person
where superseded_at = $undone_at and recorded_at <> $undone_at;

update person_role set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into person_role
select * replace ($at as recorded_at, null as superseded_at)
from person_role
where superseded_at = $undone_at and recorded_at <> $undone_at
  and (
      origin <> 'assumed'
      or person_id not in (select role.person_id from person_role as role where role.superseded_at is null)
  );

update reporting_line set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into reporting_line
select * replace ($at as recorded_at, null as superseded_at)
from reporting_line
where superseded_at = $undone_at and recorded_at <> $undone_at;

update alias set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into alias
select * replace ($at as recorded_at, null as superseded_at)
from alias
where superseded_at = $undone_at and recorded_at <> $undone_at;

update stage set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into stage
select * replace ($at as recorded_at, null as superseded_at)
from stage
where superseded_at = $undone_at and recorded_at <> $undone_at;

update account_version set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into account_version
select * replace ($at as recorded_at, null as superseded_at)
from account_version
where superseded_at = $undone_at and recorded_at <> $undone_at;

update deal_version set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into deal_version
select * replace ($at as recorded_at, null as superseded_at)
from deal_version
where superseded_at = $undone_at and recorded_at <> $undone_at;

update deal_credit set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into deal_credit
select * replace ($at as recorded_at, null as superseded_at)
from deal_credit
where superseded_at = $undone_at and recorded_at <> $undone_at;

update quota set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into quota
select * replace ($at as recorded_at, null as superseded_at)
from quota
where superseded_at = $undone_at and recorded_at <> $undone_at;

update person_capacity set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into person_capacity
select * replace ($at as recorded_at, null as superseded_at)
from person_capacity
where superseded_at = $undone_at and recorded_at <> $undone_at;

update objective set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into objective
select * replace ($at as recorded_at, null as superseded_at)
from objective
where superseded_at = $undone_at and recorded_at <> $undone_at;

update module_owner set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into module_owner
select * replace ($at as recorded_at, null as superseded_at)
from module_owner
where superseded_at = $undone_at and recorded_at <> $undone_at;

update activity set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into activity
select * replace ($at as recorded_at, null as superseded_at)
from activity
where superseded_at = $undone_at and recorded_at <> $undone_at;

update fiscal_period set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into fiscal_period
select * replace ($at as recorded_at, null as superseded_at)
from fiscal_period
where superseded_at = $undone_at and recorded_at <> $undone_at;

update calendar_day set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into calendar_day
select * replace ($at as recorded_at, null as superseded_at)
from calendar_day
where superseded_at = $undone_at and recorded_at <> $undone_at;

update setting set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into setting
select * replace ($at as recorded_at, null as superseded_at)
from setting
where superseded_at = $undone_at and recorded_at <> $undone_at;

update exchange_rate set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into exchange_rate
select * replace ($at as recorded_at, null as superseded_at)
from exchange_rate
where superseded_at = $undone_at and recorded_at <> $undone_at
