create or replace temp table promoting as
select person.person_id, $role::varchar as said_role, role.role as was_role, role.valid_from as was_from, role.origin as was_origin
from person
left join person_role as role
    on person.person_id = role.person_id and role.superseded_at is null and role.valid_to = date '9999-12-31'
where person.superseded_at is null
  and person.person_id = $person_id
  and (role.role is distinct from $role::varchar or role.origin = 'assumed')
