select person_name, left_on
from person
where superseded_at is null and left_on < $from_on and person_id in (select unnest($people::varchar[]))
order by person_name
