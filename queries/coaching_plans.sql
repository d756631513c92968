-- question: Which coaching plans are there, and what became of them?
-- grain: plan_id
-- columns:
--   plan_id           text
--   person_id         text
--   person_name       text
--   author_id         text
--   is_led            flag     the viewer leads the coaching: may change it
--   is_self           flag     the viewer's own: may answer it
--   status            text     draft, shared, agreed or closed; one closed after the day was agreed on it
--   skill             text
--   measure           text
--   goal              text
--   reality           text
--   choices           text
--   way_forward       text
--   baseline          ratio?   as it was frozen when the plan started, in the measure's own unit
--   baseline_low      ratio?   80 % range
--   baseline_high     ratio?
--   baseline_count    count?   deals or other events behind it
--   baseline_from_on  date?
--   baseline_to_on    date?
--   target            ratio?   in the measure's own unit
--   written_on        date
--   starts_on         date
--   review_on         date
--   answer            text?    what the executive says to it
--   is_accepted       flag?
--   answered_on       date?
--   outcome           text?    worked, did not or cannot tell
--   outcome_words     text?
--   closed_on         date?

select
    plan.plan_id, plan.person_id, seen.person_name, plan.author_id, seen.is_led, seen.is_self,
    case when plan.closed_on > $as_of then 'agreed' else plan.status end as status,
    plan.skill, plan.measure, plan.goal, plan.reality, plan.choices, plan.way_forward,
    plan.baseline, plan.baseline_low, plan.baseline_high, plan.baseline_count, plan.baseline_from_on, plan.baseline_to_on, plan.target,
    plan.written_on, plan.starts_on, plan.review_on, plan.answer, plan.is_accepted, plan.answered_on,
    case when plan.closed_on <= $as_of then plan.outcome end as outcome,
    case when plan.closed_on <= $as_of then plan.outcome_words end as outcome_words,
    case when plan.closed_on <= $as_of then plan.closed_on end as closed_on
from coaching_plan as plan
inner join coached_in_scope($viewer_id, $viewer_role, $today_on, $person_ids) as seen on plan.person_id = seen.person_id
where plan.superseded_at is null and plan.written_on <= $as_of and (seen.is_led or plan.status <> 'draft')
order by plan.starts_on desc, plan.plan_id
