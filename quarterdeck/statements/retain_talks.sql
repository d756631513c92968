-- Talks held before a day, in all their versions, with what their authors noted for themselves.
delete from coaching_answer
where thing_id in (select session_id from coaching_session where superseded_at is null and held_on < $before_on);
delete from private_note
where session_id in (select session_id from coaching_session where superseded_at is null and held_on < $before_on);
delete from coaching_session
where session_id in (select session_id from coaching_session where superseded_at is null and held_on < $before_on)
