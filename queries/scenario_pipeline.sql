-- question: What would a realignment mean for whose forecast?
-- grain: person_id, forecast_category
-- columns:
--   person_id           text    who is credited; '' without a known owner
--   person_name         text?
--   forecast_category   text    '' without one
--   credit_usd          usd     open credit as it is
--   next_credit_usd     usd     by the rule for open deals

with credit as (
    select planned.was_person_id, planned.person_id, planned.planned_usd, coalesce(planned.forecast_category, '') as forecast_category
    from planned_credits(
        $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
    semi join picked($person_ids) as pick
        on planned.was_person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, $assigned_on)
)

select
    hand.person_id,
    min(known.person_name) as person_name,
    hand.forecast_category,
    coalesce(sum(hand.credit_usd), 0)::decimal(18, 2) as credit_usd,
    coalesce(sum(hand.next_credit_usd), 0)::decimal(18, 2) as next_credit_usd
from (
    select credit.was_person_id as person_id, credit.forecast_category, credit.planned_usd as credit_usd, 0::decimal(18, 2) as next_credit_usd
    from credit
    union all
    select credit.person_id, credit.forecast_category, 0::decimal(18, 2) as credit_usd, credit.planned_usd as next_credit_usd
    from credit
) as hand
left join person as known on hand.person_id = known.person_id and known.superseded_at is null
group by hand.person_id, hand.forecast_category
order by hand.person_id, hand.forecast_category
