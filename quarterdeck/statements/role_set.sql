-- From a day on, whatever is known of later days; nothing shifts where it is so already.
create or replace temp table promoting as
select person.person_id, $role::varchar as said_role, $from_on::date as from_on, date '9999-12-31' as until_on
from person
left join person_role as role
    on person.person_id = role.person_id and role.superseded_at is null
    and role.valid_from <= $from_on and role.valid_to = date '9999-12-31'
where person.superseded_at is null
  and person.person_id = $person_id
  and (
      role.role is distinct from $role::varchar
      or role.origin = 'assumed'
      or exists (
          select 1 from person_role as later
          where later.superseded_at is null and later.person_id = $person_id and later.valid_from > $from_on
      )
  )
