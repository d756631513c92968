-- question: What did each person set out to do in the running span of time, and what is done?
-- grain: person_id, kind, every
-- columns:
--   person_id      text
--   person_name    text
--   kind           text    a kind of activity, or new pipeline
--   every          text    day, week, month, quarter or year
--   starts_on      date    of the span that holds the as-of day
--   ends_on        date
--   target         count?  activities; empty for new pipeline
--   done           count?  of that kind until the as-of day, each logged by the person
--   target_usd     usd?    of new pipeline; empty for activities
--   done_usd       usd?    created in the span until the as-of day
--   done_share     ratio?  done ÷ target
--   working_share  ratio?  working days of the span gone ÷ all of them
--   holds_from_on  date

with goal as (
    select
        aim.person_id, seen.person_name, aim.kind, aim.every, aim.target, aim.valid_from,
        case
            when aim.every = 'day' then $as_of
            when aim.every = 'week' then date_trunc('week', $as_of)::date
            else span.from_on
        end as starts_on,
        case
            when aim.every = 'day' then $as_of
            when aim.every = 'week' then (date_trunc('week', $as_of)::date + interval 6 day)::date
            else span.to_on
        end as ends_on
    from objective as aim
    inner join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen on aim.person_id = seen.person_id
    left join spans() as span on aim.every = span.span_id and $as_of between span.from_on and span.to_on
    where aim.superseded_at is null and holds_on(aim.valid_from, aim.valid_to, $as_of)
),

acted as (
    select goal.person_id, goal.kind, goal.every, count(*) as done
    from goal
    inner join activity as act
        on goal.person_id = act.person_id
        and lower(goal.kind) = lower(act.kind)
        and act.happened_at::date between goal.starts_on and goal.ends_on
    where act.superseded_at is null and act.happened_at::date <= $as_of
    group by goal.person_id, goal.kind, goal.every
),

created as (
    select goal.person_id, goal.every, created_usd(credit.outcome, credit.credit_usd) as done_usd
    from goal
    inner join credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
        on goal.person_id = credit.person_id and credit.created_on between goal.starts_on and goal.ends_on
    where goal.kind = 'new pipeline' and credit.created_on <= $as_of
    group by goal.person_id, goal.every
),

today as (
    select max(known.working_through) as working_through
    from days_known() as known
    where known.day_on = $as_of
),

counted as (
    select
        goal.*,
        case when goal.kind <> 'new pipeline' then goal.target::bigint end as target_number,
        case when goal.kind <> 'new pipeline' then coalesce(acted.done, 0) end as done,
        case when goal.kind = 'new pipeline' then goal.target end as target_usd,
        case when goal.kind = 'new pipeline' then coalesce(created.done_usd, 0)::decimal(18, 2) end as done_usd,
        today.working_through - first.working_before as days_gone,
        last.working_through - first.working_before as days_in_all
    from goal
    left join acted on goal.person_id = acted.person_id and goal.kind = acted.kind and goal.every = acted.every
    left join created on goal.person_id = created.person_id and goal.every = created.every
    left join days_known() as first on goal.starts_on = first.day_on
    left join days_known() as last on goal.ends_on = last.day_on
    cross join today
)

select
    counted.person_id,
    counted.person_name,
    counted.kind,
    counted.every,
    counted.starts_on,
    counted.ends_on,
    counted.target_number as target,
    counted.done,
    counted.target_usd,
    counted.done_usd,
    done_share(coalesce(counted.done_usd, counted.done), counted.target) as done_share,
    working_share(counted.days_gone, counted.days_in_all) as working_share,
    counted.valid_from as holds_from_on
from counted
order by counted.person_name, counted.person_id, counted.kind, counted.every
