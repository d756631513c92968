-- question: How does the director see each skill, and why?
-- grain: score_id
-- columns:
--   score_id     text
--   person_id    text
--   person_name  text
--   skill        text
--   author_id    text
--   score        count    1 to 5
--   evidence     text
--   is_shared    flag     the executive sees it
--   scored_on    date
--   is_newest    flag     of this skill and person, on the day
--   answer       text?      what whom it is about says to it
--   answered_on  date?

select
    held.score_id, held.person_id, seen.person_name, held.skill, held.author_id, held.score, held.evidence, held.is_shared,
    held.scored_on,
    row_number() over (partition by held.person_id, held.skill order by held.scored_on desc, held.recorded_at desc, held.score_id) = 1 as is_newest,
    said.answer, said.answered_on
from skill_score as held
inner join coached_in_scope($viewer_id, $viewer_role, $today_on, $person_ids) as seen on held.person_id = seen.person_id
left join coaching_answer as said on held.score_id = said.thing_id and said.superseded_at is null and said.answered_on <= $as_of
where held.superseded_at is null and held.scored_on <= $as_of and (seen.is_led or held.is_shared)
order by held.scored_on desc, held.score_id
