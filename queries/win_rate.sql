-- question: How many of the decided deals were won, and how long did they take?
-- grain: question_id
-- columns:
--   question_id           text
--   won_deals             count    closed in the period, a split deal once
--   lost_deals            count    removed deals are none
--   open_deals            count    on the as-of day
--   created_deals         count    created in the period, whatever became of them
--   booked_usd            usd
--   lost_usd              usd
--   win_rate              ratio?   won ÷ (won + lost)
--   wilson_low            ratio?   95 %
--   wilson_high           ratio?
--   win_rate_of_created   ratio?   won ÷ created
--   win_rate_of_funnel    ratio?   won ÷ (won + lost + open)
--   win_rate_by_amount    ratio?
--   cycle_deals           count    won deals whose creation and closing are known
--   sales_cycle_days      days?    median
--   quarter_cycle_days    days?    a quarter of them took less
--   three_quarters_cycle_days   days?   a quarter of them took more
--   mean_cycle_days       days?

with known as (
    select
        credit.deal_id,
        case
            when credit.outcome = 'open' then 'open'
            when credit.outcome in ('won', 'lost') and credit.judged_on between $from_on and $to_on then credit.outcome
            else 'elsewhere'
        end as result,
        credit.created_on,
        credit.judged_on,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open'
       or (credit.outcome in ('won', 'lost') and credit.judged_on between $from_on and $to_on)
       or credit.created_on between $from_on and $to_on
    group by credit.deal_id, credit.outcome, credit.created_on, credit.judged_on
),

told as (
    select
        'decided' as question_id,
        known.result,
        known.credit_usd,
        known.created_on between $from_on and $to_on as is_created,
        case when known.result = 'won' and known.created_on <= known.judged_on then date_diff('day', known.created_on, known.judged_on) end as cycle
    from known
),

counted as (
    select
        told.question_id,
        won_deals(told.result) as won_deals,
        lost_deals(told.result) as lost_deals,
        open_deals(told.result) as open_deals,
        count(*) filter (where told.is_created) as created_deals,
        booked_usd(told.result, told.credit_usd) as booked_usd,
        lost_usd(told.result, told.credit_usd) as lost_usd,
        count(told.cycle) as cycle_deals,
        sales_cycle_days(told.cycle) as sales_cycle_days,
        quantile_cont(told.cycle::double, 0.25) as quarter_cycle_days,
        quantile_cont(told.cycle::double, 0.75) as three_quarters_cycle_days,
        mean_cycle_days(told.cycle) as mean_cycle_days
    from told
    group by told.question_id
)

select
    counted.question_id, counted.won_deals, counted.lost_deals, counted.open_deals, counted.created_deals,
    counted.booked_usd, counted.lost_usd,
    win_rate(counted.won_deals, counted.lost_deals) as win_rate,
    wilson_low(counted.won_deals, counted.won_deals + counted.lost_deals) as wilson_low,
    wilson_high(counted.won_deals, counted.won_deals + counted.lost_deals) as wilson_high,
    win_rate_of_created(counted.won_deals, counted.created_deals) as win_rate_of_created,
    win_rate_of_funnel(counted.won_deals, counted.lost_deals, counted.open_deals) as win_rate_of_funnel,
    win_rate_by_amount(counted.booked_usd, counted.lost_usd) as win_rate_by_amount,
    counted.cycle_deals, counted.sales_cycle_days, counted.quarter_cycle_days, counted.three_quarters_cycle_days,
    counted.mean_cycle_days
from counted
order by counted.question_id
