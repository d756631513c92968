update coaching_session set superseded_at = $at where superseded_at is null and session_id = $session_id;

insert into coaching_session (
    session_id, person_id, author_id, held_on, minutes, notes, is_shared, next_on, recorded_at
)
values (
    $session_id, $person_id, $author_id, $held_on, $minutes, $notes, $is_shared, $next_on, $at
)
