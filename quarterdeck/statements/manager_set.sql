-- From a day on, whatever is known of later days; nothing shifts where it is so already.
create or replace temp table shifting as
select person.person_id, $manager_id::varchar as manager_id, $from_on::date as from_on, date '9999-12-31' as until_on
from person
left join reporting_line as line
    on person.person_id = line.person_id and line.superseded_at is null
    and line.valid_from <= $from_on and line.valid_to = date '9999-12-31'
where person.superseded_at is null
  and person.person_id = $person_id
  and (
      line.manager_id is distinct from $manager_id::varchar
      or exists (
          select 1 from reporting_line as later
          where later.superseded_at is null and later.person_id = $person_id and later.valid_from > $from_on
      )
  )
