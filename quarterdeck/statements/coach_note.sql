select
    session_id, person_id, author_id, note, held_on
from private_note
where superseded_at is null and session_id = $thing_id
