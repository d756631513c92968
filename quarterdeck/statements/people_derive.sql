-- What follows from who reports to whom: the closure, and the roles nobody has named.
-- Runs after every change of people, in the same transaction; what is already so is left alone.

create or replace temp table climbing as
with recursive path (ancestor_id, person_id, depth, valid_from, valid_to) as (
    select person_id, person_id, 0, date '0001-01-01', date '9999-12-31'
    from person
    where superseded_at is null

    union all

    select
        line.manager_id, path.person_id, path.depth + 1,
        greatest(path.valid_from, line.valid_from), least(path.valid_to, line.valid_to)
    from path
    inner join reporting_line as line
        on path.ancestor_id = line.person_id
        and line.superseded_at is null
        and line.valid_from < path.valid_to and path.valid_from < line.valid_to
    where path.depth < 20
)
select distinct ancestor_id, person_id, depth, valid_from, valid_to from path;

update report_path set superseded_at = $at
where superseded_at is null
  and (ancestor_id, person_id, depth, valid_from, valid_to) not in (
      select (ancestor_id, person_id, depth, valid_from, valid_to) from climbing
  );

insert into report_path (ancestor_id, person_id, depth, valid_from, valid_to, recorded_at)
select climbing.*, $at
from climbing
where (ancestor_id, person_id, depth, valid_from, valid_to) not in (
    select (path.ancestor_id, path.person_id, path.depth, path.valid_from, path.valid_to)
    from report_path as path
    where path.superseded_at is null
);

-- Whoever ever led a team keeps the rank, and with it the sight of what that team closed, until a role is named.
create or replace temp table ranking as
with manager as (
    select distinct line.manager_id as person_id
    from reporting_line as line
    where line.superseded_at is null
),

upper as (
    select distinct line.manager_id as person_id
    from reporting_line as line
    inner join manager on line.person_id = manager.person_id
    where line.superseded_at is null
)

select
    person.person_id,
    case
        when upper.person_id is not null then 'area_director'
        when manager.person_id is not null then 'director'
        else 'executive'
    end as role
from person
left join manager on person.person_id = manager.person_id
left join upper on person.person_id = upper.person_id
where person.superseded_at is null;

update person_role set superseded_at = $at
where superseded_at is null
  and origin = 'assumed'
  and (person_id, role) not in (select (ranking.person_id, ranking.role) from ranking);

insert into person_role
select ranking.person_id, ranking.role, date '0001-01-01', date '9999-12-31', 'assumed', $batch_id, $at, null
from ranking
where ranking.person_id not in (select role.person_id from person_role as role where role.superseded_at is null)
