-- question: With whom is a talk due, and how much time does each get?
-- grain: person_id
-- columns:
--   person_id       text
--   person_name     text
--   is_led          flag     the viewer leads the coaching
--   last_on         date?    the last talk held
--   quiet_days      days?    since then
--   waiting_days    days?    since then, or since they came, whichever was later
--   next_on         date?    the next one agreed, from the day on
--   minutes         count    of talks in the 13 weeks before the day
--   talks           count    in them
--   open_actions    count
--   overdue_actions count
--   plans           count    shared or agreed
--   due_plans       count    of these, to be reviewed by the day
--   open_learning   count
--   overdue_learning count

-- Who sells, and the directors that an area director leads; nobody who has left or is still to come.
with seen as (
    select known.person_id, known.person_name, known.is_led, member.hired_on
    from coached_in_scope($viewer_id, $viewer_role, $today_on, $person_ids) as known
    inner join person as member on known.person_id = member.person_id and member.superseded_at is null
    left join person_role as role
        on known.person_id = role.person_id and role.superseded_at is null and holds_on(role.valid_from, role.valid_to, $today_on)
    where not known.is_self
      and (coalesce(role.role, 'executive') = 'executive' or (role.role = 'director' and $viewer_role = 'area_director' and known.is_led))
      and coalesce(member.hired_on <= $as_of, true) and coalesce(member.left_on >= $as_of, true)
),

-- The newest talk says when the next one is.
placed as (
    select
        talk.person_id, talk.next_on,
        row_number() over (partition by talk.person_id order by talk.held_on desc, talk.recorded_at desc, talk.session_id) as place
    from coaching_session as talk
    where talk.superseded_at is null and talk.held_on <= $as_of
),

talked as (
    select
        talk.person_id,
        max(talk.held_on) as last_on,
        coalesce(sum(case when talk.held_on > ($as_of - interval 91 day)::date then talk.minutes end), 0)::bigint as minutes,
        count(case when talk.held_on > ($as_of - interval 91 day)::date then 1 end) as talks
    from coaching_session as talk
    where talk.superseded_at is null and talk.held_on <= $as_of
    group by talk.person_id
),

acted as (
    select
        item.person_id,
        count(*) as open_actions,
        count(case when item.due_on < $as_of then 1 end) as overdue_actions
    from action_item as item
    where item.superseded_at is null and item.agreed_on <= $as_of and not item.is_dropped and coalesce(item.done_on > $as_of, true)
    group by item.person_id
),

planned as (
    select
        plan.person_id,
        count(*) as plans,
        count(case when plan.review_on <= $as_of then 1 end) as due_plans
    from coaching_plan as plan
    where plan.superseded_at is null and plan.written_on <= $as_of and plan.status in ('shared', 'agreed')
    group by plan.person_id
),

learned as (
    select
        item.person_id,
        count(*) as open_learning,
        count(case when item.due_on < $as_of then 1 end) as overdue_learning
    from learning_item as item
    where item.superseded_at is null and item.added_on <= $as_of and not item.is_dropped and coalesce(item.done_on > $as_of, true)
    group by item.person_id
)

select
    seen.person_id, seen.person_name, seen.is_led, talked.last_on,
    date_diff('day', talked.last_on, $as_of) as quiet_days,
    date_diff('day', greatest(talked.last_on, seen.hired_on), $as_of) as waiting_days,
    case when agreed.next_on >= $as_of then agreed.next_on end as next_on,
    coalesce(talked.minutes, 0) as minutes,
    coalesce(talked.talks, 0) as talks,
    coalesce(acted.open_actions, 0) as open_actions,
    coalesce(acted.overdue_actions, 0) as overdue_actions,
    coalesce(planned.plans, 0) as plans,
    coalesce(planned.due_plans, 0) as due_plans,
    coalesce(learned.open_learning, 0) as open_learning,
    coalesce(learned.overdue_learning, 0) as overdue_learning
from seen
left join placed as agreed on seen.person_id = agreed.person_id and agreed.place = 1
left join talked on seen.person_id = talked.person_id
left join acted on seen.person_id = acted.person_id
left join planned on seen.person_id = planned.person_id
left join learned on seen.person_id = learned.person_id
order by (talked.last_on is not null), talked.last_on, seen.person_name, seen.person_id
