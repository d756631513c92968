select access.is_open, access.second_role
from person_access as access
where access.superseded_at is null and access.person_id = $person_id
