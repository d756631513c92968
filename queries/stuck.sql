-- question: How many open deals stand too long, or are pushed again and again?
-- grain: stage
-- columns:
--   stage               text     'all' for all of them; '' without one
--   position            count?   place in the pipeline, empty where nobody said
--   deals               count    open on the as-of day, a split deal once
--   timed_deals         count    of these, with known days in the stage
--   typical_days        days?    three of four won deals had left by then; none for all stages
--   stalled_deals       count    longer in the stage than that
--   stalled_usd         usd
--   stalled_share       ratio?   of those with known days, where what is usual is known
--   wilson_low          ratio?   95 %
--   wilson_high         ratio?
--   pushed_deals        count    close date moved to a later day at least once
--   thrice_deals        count    at least three times
--   pushes              count    in all
--   most_pushes         count    of one deal
--   usual_pushed_days   days?    median of the days pushed, over the pushed deals
--   most_pushed_days    days?    of one deal
--   since_on            date?    the day of the first export
--   known_until_on      date?    the newest export's day, not after the as-of day

with standing as (
    select
        credit.deal_id, credit.stage_name, credit.pipeline, credit.days_in_stage, credit.typical_days, credit.is_stalled,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
    group by credit.deal_id, credit.stage_name, credit.pipeline, credit.days_in_stage, credit.typical_days, credit.is_stalled
),

pushed as (
    select push.deal_id, pushes(push.late_daysr) as pushes, pushed_days(push.late_daysr) as pushed_days
    from pushes_at($as_of) as push
    semi join standing on push.deal_id = standing.deal_id
    group by push.deal_id
),

known as (
    select standing.*, place.position, pushed.pushes, pushed.pushed_days
    from standing
    left join stages_known() as place on standing.pipeline = place.pipeline and standing.stage_name = place.stage_name
    left join pushed on standing.deal_id = pushed.deal_id
),

each_deal as (
    select
        'all' as stage, null::bigint as position, null::double as typical_days, known.deal_id, known.days_in_stage,
        known.typical_days is not null and known.days_in_stage is not null as is_timed,
        known.is_stalled, known.credit_usd, known.pushes, known.pushed_days
    from known

    union all

    select
        coalesce(known.stage_name, '') as stage, known.position, known.typical_days, known.deal_id, known.days_in_stage,
        known.typical_days is not null and known.days_in_stage is not null as is_timed,
        known.is_stalled, known.credit_usd, known.pushes, known.pushed_days
    from known
),

counted as (
    select
        each_deal.stage,
        min(each_deal.position) as position,
        count(*) as deals,
        count(each_deal.days_in_stage) as timed_deals,
        max(each_deal.typical_days) as typical_days,
        count(*) filter (where each_deal.is_stalled) as stalled_deals,
        stalled_usd(each_deal.is_stalled, each_deal.credit_usd) as stalled_usd,
        count(*) filter (where each_deal.is_timed) as judged_deals,
        count(each_deal.pushes) as pushed_deals,
        count(*) filter (where each_deal.pushes >= 3) as thrice_deals,
        coalesce(sum(each_deal.pushes), 0)::bigint as pushes,
        coalesce(max(each_deal.pushes), 0) as most_pushes,
        usual_pushed_days(each_deal.pushed_days) as usual_pushed_days,
        max(each_deal.pushed_days) as most_pushed_days
    from each_deal
    group by each_deal.stage
)

select
    counted.stage, counted.position, counted.deals, counted.timed_deals, counted.typical_days, counted.stalled_deals,
    counted.stalled_usd,
    stalled_share(counted.stalled_deals, counted.judged_deals) as stalled_share,
    wilson_low(counted.stalled_deals, counted.judged_deals) as wilson_low,
    wilson_high(counted.stalled_deals, counted.judged_deals) as wilson_high,
    counted.pushed_deals, counted.thrice_deals, counted.pushes, counted.most_pushes, counted.usual_pushed_days,
    counted.most_pushed_days, span.since_on, span.until_on as known_until_on
from counted
cross join watched($as_of) as span
order by counted.position, counted.stage
