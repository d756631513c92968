-- What one wrote for oneself of somebody's talks: no question of queries/ reads this table.
select note.session_id, note.held_on, note.note
from private_note as note
where note.superseded_at is null and note.person_id = $person_id and note.author_id = $viewer_id and note.note <> ''
order by note.held_on desc, note.session_id
