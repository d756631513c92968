-- question: Which talks were held, and what was shared of them?
-- grain: session_id
-- columns:
--   session_id    text
--   person_id     text
--   person_name   text
--   author_id     text
--   is_led        flag    the viewer leads the coaching
--   held_on       date
--   minutes       count
--   notes         text    '' where none are shared with the viewer
--   is_shared     flag
--   next_on       date?
--   answer        text?   what whom it is about says to it, where it is shared with the viewer
--   answered_on   date?

select
    talk.session_id, talk.person_id, seen.person_name, talk.author_id, seen.is_led, talk.held_on, talk.minutes,
    case when seen.is_led or talk.is_shared then talk.notes else '' end as notes,
    talk.is_shared, talk.next_on,
    case when seen.is_led or seen.is_self or talk.is_shared then said.answer end as answer,
    case when seen.is_led or seen.is_self or talk.is_shared then said.answered_on end as answered_on
from coaching_session as talk
inner join coached_in_scope($viewer_id, $viewer_role, $today_on, $person_ids) as seen on talk.person_id = seen.person_id
left join coaching_answer as said on talk.session_id = said.thing_id and said.superseded_at is null and said.answered_on <= $as_of
where talk.superseded_at is null and talk.held_on <= $as_of
order by talk.held_on desc, talk.session_id
