-- question: What would change hands by a realignment, all in all?
-- grain: scenario_id
-- columns:
--   scenario_id         text
--   accounts            count    that change hands
--   potential_usd       usd      of those accounts
--   mrr_usd             usd
--   credit_usd          usd      open credit that goes over, by the rule for open deals
--   renewals_soon       count    within 90 days
--   relationships       count    accounts with whom who gives them spoke in the last 180 days
--   travel_miles        miles    of everyone, as it is
--   next_travel_miles   miles

with plan as (
    select known.scenario_id
    from plans_in_scope($viewer_id, $viewer_role, $assigned_on) as known
    where known.scenario_id = $scenario_id
),

load as (
    select planned.*
    from planned_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
),

held as (
    select
        count(case when load.is_moved then 1 end) as accounts,
        potential_usd(case when load.is_moved then load.potential_usd end) as potential_usd,
        installed_mrr_usd(case when load.is_moved then load.mrr_usd end) as mrr_usd,
        sum(case when load.is_moved then load.renewals_soon else 0 end)::bigint as renewals_soon,
        count(case when load.is_moved and load.relationships > 0 then 1 end) as relationships,
        coalesce(sum(load.was_miles), 0) as miles,
        coalesce(sum(load.miles), 0) as next_miles
    from load
),

credit as (
    select open_usd('open', case when planned.side = 'next' then planned.planned_usd end) as credit_usd
    from planned_credits(
        $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
)

select
    plan.scenario_id,
    held.accounts,
    held.potential_usd,
    held.mrr_usd,
    credit.credit_usd,
    coalesce(held.renewals_soon, 0) as renewals_soon,
    held.relationships,
    held.miles as travel_miles,
    held.next_miles as next_travel_miles
from plan
cross join held
cross join credit
order by plan.scenario_id
