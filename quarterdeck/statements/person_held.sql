select person_name, kind, email, region, hired_on, left_on, base_zip
from person
where superseded_at is null and person_id = $person_id
