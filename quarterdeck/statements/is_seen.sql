select count(*)
from people_in_scope($viewer_id, $viewer_role, $as_of, []::varchar[]) as member
where member.person_id = $person_id
