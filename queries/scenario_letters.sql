-- question: Whom does a realignment touch, and what becomes of their quota?
-- grain: person_id
-- columns:
--   person_id          text
--   person_name        text
--   manager_name       text?    of the as-of day, or of today with today's assignments
--   accounts_in        count    accounts that come to them
--   accounts_out       count    accounts that leave them
--   first_month_on     date?    of the months that begin on the day it holds from or later, the first with a quota
--   last_month_on      date?    and the last
--   quota_before_usd   usd?     of those months; of a published one as known on the day before, else on its own
--   quota_after_usd    usd?     as known on its day; empty while it is not published

with plan as (
    select known.*
    from plans_in_scope($viewer_id, $viewer_role, $assigned_on) as known
    where known.scenario_id = $scenario_id
),

made as (
    select given.account_id, given.from_id, given.to_id, given.module_id
    from handed_over($viewer_id, $viewer_role, $assigned_on, $scenario_id, $plan_on) as given
),

touched as (
    select hand.person_id, sum(hand.came)::bigint as accounts_in, sum(hand.went)::bigint as accounts_out
    from (
        select made.to_id as person_id, 1 as came, 0 as went from made
        union all
        select made.from_id as person_id, 0 as came, 1 as went from made
    ) as hand
    group by hand.person_id
),

goal as (
    select
        known.person_id, known.month_on,
        case when plan.status = 'published' then known.quota_usd end as before_usd,
        null::decimal(18, 2) as after_usd
    from quotas_at((coalesce($plan_on::date, $assigned_on) - interval 1 day)::date) as known
    cross join plan
    where known.month_on >= plan.effective_on and known.basis = $basis and chosen($product_lines, known.product_line)

    union all

    select
        known.person_id, known.month_on,
        case when plan.status <> 'published' then known.quota_usd end as before_usd,
        case when plan.status = 'published' then known.quota_usd end as after_usd
    from quotas_at(coalesce($plan_on::date, $assigned_on)) as known
    cross join plan
    where known.month_on >= plan.effective_on and known.basis = $basis and chosen($product_lines, known.product_line)
),

summed as (
    select
        goal.person_id,
        min(goal.month_on) as first_month_on,
        max(goal.month_on) as last_month_on,
        sum(goal.before_usd)::decimal(18, 2) as quota_before_usd,
        sum(goal.after_usd)::decimal(18, 2) as quota_after_usd
    from goal
    where goal.before_usd is not null or goal.after_usd is not null
    group by goal.person_id
)

select
    member.person_id, member.person_name, leader.person_name as manager_name,
    touched.accounts_in, touched.accounts_out,
    summed.first_month_on, summed.last_month_on, summed.quota_before_usd, summed.quota_after_usd
from touched
inner join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member on touched.person_id = member.person_id
left join person as leader on member.manager_id = leader.person_id and leader.superseded_at is null
left join summed on touched.person_id = summed.person_id
order by touched.accounts_in + touched.accounts_out desc, member.person_name, member.person_id
