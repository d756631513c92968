-- question: Is the period on its usual path?
-- grain: day_on
-- columns:
--   day_on           date     the working days of the period, and its ends
--   days_gone        count    working days over on its evening
--   booked_usd       usd?     booked until the next working day, as far as it is over on the as-of day; empty after that
--   expected_share   ratio    what of the whole is usually booked by then
--   low_share        ratio?   the lowest of the earlier periods; empty where working days stand in for them
--   high_share       ratio?
--   past_periods     count    earlier periods; 0: by working days
--   month_on         date     first day of the day's fiscal month
--   linearity        ratio?   part of what is booked in the period that came in that month; empty for months ahead

with won as (
    select then_on.working_through, month.month_on, credit.credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    inner join days_known() as then_on on credit.judged_on = then_on.day_on
    left join fiscal_period as month
        on credit.judged_on between month.month_on and month.to_on and month.superseded_at is null and month.calendar_id = 'default'
    where credit.outcome = 'won' and credit.judged_on between $from_on and $to_on
),

of_month as (
    select won.month_on, booked_usd('won', won.credit_usd) as booked_usd
    from won
    group by won.month_on
),

mark as (
    select days.day_on, days.days_gone, days.days_in_all, known.working_through, month.month_on
    from days_gone($from_on, $to_on, $from_on, $to_on) as days
    inner join days_known() as known on days.day_on = known.day_on
    inner join fiscal_period as month
        on days.day_on between month.month_on and month.to_on and month.superseded_at is null and month.calendar_id = 'default'
    where exists (select 1 from seen_by($viewer_id, $viewer_role) as sight)
),

booked as (
    select mark.day_on, booked_usd('won', won.credit_usd) as booked_usd
    from mark
    left join won on won.working_through <= mark.working_through
    where mark.day_on <= $as_of
    group by mark.day_on
),

usual as (
    select part.day_on, part.millionths, part.lowest, part.highest, part.periods
    from usual_path(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as part
    inner join path_of($person_ids, $assigned_on) as chosen_path on part.person_id = chosen_path.person_id
)

select
    mark.day_on,
    mark.days_gone,
    booked.booked_usd,
    expected_share(coalesce(usual.millionths, mark.days_gone), case when usual.day_on is null then mark.days_in_all else 1000000 end) as expected_share,
    ratio(usual.lowest, 1000000) as low_share,
    ratio(usual.highest, 1000000) as high_share,
    coalesce(usual.periods, 0) as past_periods,
    mark.month_on,
    case
        when mark.month_on <= $as_of
            then linearity(coalesce(of_month.booked_usd, 0)::decimal(18, 2), (select booked_usd('won', won.credit_usd) from won))
    end as linearity
from mark
left join of_month on mark.month_on = of_month.month_on
left join booked on mark.day_on = booked.day_on
left join usual on mark.day_on = usual.day_on
order by mark.day_on
