-- question: What became of the deals created in each month?
-- grain: month_on
-- columns:
--   month_on           date     first day of the calendar month
--   created_deals      count    in sight on the as-of day, a split deal once; without a creation day in none
--   won_deals          count
--   lost_deals         count
--   open_deals         count    still
--   removed_deals      count    gone from the CRM, neither won nor lost
--   won_usd            usd      credited amount of the won ones
--   lost_usd           usd
--   open_usd           usd
--   cohort_win_rate    ratio?   won ÷ (won + lost)
--   wilson_low         ratio?   95 %, of cohort_win_rate
--   wilson_high        ratio?
--   cohort_won_share   ratio?   won ÷ created
--   won_in_30          ratio?   won within 30 days ÷ created, empty while any of them is younger
--   won_in_60          ratio?
--   won_in_90          ratio?
--   won_90_deals       count?   behind won_in_90
--   wilson_90_low      ratio?   95 %, of won_in_90
--   wilson_90_high     ratio?
--   known_until_on     date?    the newest export's day, not after the as-of day

with known as (
    select
        date_trunc('month', credit.created_on)::date as month_on,
        credit.deal_id, credit.outcome,
        case
            when credit.outcome = 'won' and credit.created_on <= credit.judged_on
                then date_diff('day', credit.created_on, credit.judged_on)
        end as days,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.created_on is not null
    group by credit.deal_id, credit.outcome, credit.created_on, credit.judged_on
),

counted as (
    select
        known.month_on,
        (known.month_on + interval 1 month - interval 1 day)::date as last_on,
        count(*) as created_deals,
        won_deals(known.outcome) as won_deals,
        lost_deals(known.outcome) as lost_deals,
        open_deals(known.outcome) as open_deals,
        count(*) filter (where known.outcome = 'removed') as removed_deals,
        booked_usd(known.outcome, known.credit_usd) as won_usd,
        lost_usd(known.outcome, known.credit_usd) as lost_usd,
        open_usd(known.outcome, known.credit_usd) as open_usd,
        count(*) filter (where known.days <= 30) as won_30_deals,
        count(*) filter (where known.days <= 60) as won_60_deals,
        count(*) filter (where known.days <= 90) as won_90_deals
    from known
    group by known.month_on
),

aged as (
    select counted.*, date_diff('day', counted.last_on, span.until_on) as age, span.until_on
    from counted
    cross join watched($as_of) as span
)

select
    aged.month_on, aged.created_deals, aged.won_deals, aged.lost_deals, aged.open_deals, aged.removed_deals,
    aged.won_usd, aged.lost_usd, aged.open_usd,
    cohort_win_rate(aged.won_deals, aged.lost_deals) as cohort_win_rate,
    wilson_low(aged.won_deals, aged.won_deals + aged.lost_deals) as wilson_low,
    wilson_high(aged.won_deals, aged.won_deals + aged.lost_deals) as wilson_high,
    cohort_won_share(aged.won_deals, aged.created_deals) as cohort_won_share,
    won_in_time(aged.won_30_deals, aged.created_deals, aged.age >= 30) as won_in_30,
    won_in_time(aged.won_60_deals, aged.created_deals, aged.age >= 60) as won_in_60,
    won_in_time(aged.won_90_deals, aged.created_deals, aged.age >= 90) as won_in_90,
    case when aged.age >= 90 then aged.won_90_deals end as won_90_deals,
    case when aged.age >= 90 then wilson_low(aged.won_90_deals, aged.created_deals) end as wilson_90_low,
    case when aged.age >= 90 then wilson_high(aged.won_90_deals, aged.created_deals) end as wilson_90_high,
    aged.until_on as known_until_on
from aged
order by aged.month_on
