update private_note set superseded_at = $at where superseded_at is null and session_id = $session_id;

insert into private_note (
    session_id, person_id, author_id, note, held_on, recorded_at
)
values (
    $session_id, $person_id, $author_id, $note, $held_on, $at
)
