create or replace temp table shifting as
select person.person_id, $manager_id::varchar as manager_id, line.manager_id as was_id, line.valid_from as was_from
from person
left join reporting_line as line
    on person.person_id = line.person_id and line.superseded_at is null and line.valid_to = date '9999-12-31'
where person.superseded_at is null
  and person.person_id = $person_id
  and line.manager_id is distinct from $manager_id::varchar
