-- The compared people become true. Runs after person_compare, in the same transaction.

update person set superseded_at = $at
where superseded_at is null
  and person_id in (select moving.person_id from moving where moving.kind = 'changed')
  and exists (
      select 1 from moving
      where moving.person_id = person.person_id
        and (moving.person_name, moving.email, moving.region, moving.hired_on, moving.left_on, moving.base_zip)
            is distinct from (person.person_name, person.email, person.region, person.hired_on, person.left_on, person.base_zip)
  );

insert into person (person_id, person_name, kind, email, region, hired_on, left_on, base_zip, batch_id, recorded_at)
select person_id, person_name, 'person', email, region, hired_on, left_on, base_zip, $batch_id, $at
from moving
where moving.person_id not in (select person.person_id from person where person.superseded_at is null);

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select managing.manager_id, min(managing.manager), 'person', $batch_id, $at
from managing
where managing.manager_id not in (select person.person_id from person where person.superseded_at is null)
group by managing.manager_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with words as (
    select 'name' as kind, name_key as alias_key, member_id as target_id from arriving
    union all
    select 'email', email_key, member_id from arriving
    union all
    select 'id', person_id, member_id from arriving
    union all
    select 'name', manager_key, manager_id from managing
)
select 'person', words.kind, words.alias_key, min(words.target_id), $batch_id, $at
from words
where words.alias_key is not null
  and not exists (
      select 1 from called
      where called.entity = 'person' and called.kind = words.kind and called.alias_key = words.alias_key
  )
group by words.kind, words.alias_key;

-- A manager that the file names, from the day of the export until what is known of a later day.
create or replace temp table shifting as
select
    moving.person_id, moving.manager_id, $exported_on::date as from_on,
    coalesce(
        (
            select min(line.valid_from) from reporting_line as line
            where line.superseded_at is null and line.person_id = moving.person_id and line.valid_from > $exported_on
        ),
        date '9999-12-31'
    ) as until_on
from moving
where list_contains($carried, 'manager')
  and moving.manager_id is distinct from moving.known_manager_id
  and moving.manager_id is distinct from moving.person_id;

-- A role likewise.
create or replace temp table promoting as
select
    moving.person_id, moving.said_role, $exported_on::date as from_on,
    coalesce(
        (
            select min(role.valid_from) from person_role as role
            where role.superseded_at is null and role.person_id = moving.person_id and role.valid_from > $exported_on
        ),
        date '9999-12-31'
    ) as until_on
from moving
where moving.said_role is not null and moving.said_role is distinct from moving.known_role
