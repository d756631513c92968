select
    session_id, person_id, author_id, held_on, minutes, notes, is_shared, next_on
from coaching_session
where superseded_at is null and session_id = $thing_id
