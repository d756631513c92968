select seen.is_led, seen.is_self
from coached_by($viewer_id, $viewer_role, $as_of) as seen
where seen.person_id = $person_id
