-- question: What is open, and at which stage does it stand?
-- grain: stage
-- columns:
--   stage                  text     '' without one
--   pipeline               text     the first by name, where several have a stage of this name
--   position               count?   place in the pipeline, empty where nobody said
--   deals                  count    open on the as-of day, a split deal once
--   open_usd               usd      credited amount, whatever the period
--   share_of_open          ratio?   of all that is open
--   deals_without_amount   count    in the chosen basis
--   stage_days             days?    median of the days in the stage so far
--   deals_without_days     count    no stage date and no second export that shows when they came
--   typical_days           days?    three of four won deals had left by then
--   won_behind             count    won deals that typical_days comes from
--   is_pooled              flag     over all stages, since fewer than 8 won deals are known here
--   stalled_deals          count    longer in the stage than typical_days
--   stalled_usd            usd
--   stalled_overdue_usd    usd      both at once
--   overdue_deals          count    expected to close before the as-of day
--   overdue_usd            usd
--   due_deals              count    expected to close in the period, not overdue
--   due_usd                usd
--   later_deals            count    neither overdue nor in the period
--   later_usd              usd
--   undated_deals          count    no expected close
--   undated_usd            usd

with standing as (
    select
        credit.deal_id, credit.outcome, credit.pipeline, credit.days_in_stage, credit.typical_days, credit.won_behind,
        credit.is_pooled, credit.is_stalled, credit.due,
        coalesce(credit.stage_name, '') as stage,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    group by
        credit.deal_id, credit.outcome, credit.pipeline, credit.days_in_stage, credit.typical_days, credit.won_behind,
        credit.is_pooled, credit.is_stalled, credit.due, coalesce(credit.stage_name, '')
),

staged as (
    select
        standing.stage,
        min(standing.pipeline) as pipeline,
        min(place.position) as position,
        open_deals(standing.outcome) as deals,
        open_usd(standing.outcome, standing.credit_usd) as open_usd,
        count(*) filter (where standing.credit_usd is null) as deals_without_amount,
        stage_days(standing.days_in_stage) as stage_days,
        count(*) filter (where standing.days_in_stage is null) as deals_without_days,
        max(standing.typical_days) as typical_days,
        max(standing.won_behind) as won_behind,
        bool_and(standing.is_pooled) as is_pooled,
        count(*) filter (where standing.is_stalled) as stalled_deals,
        stalled_usd(standing.is_stalled, standing.credit_usd) as stalled_usd,
        overdue_usd(case when standing.is_stalled then standing.due end, standing.credit_usd) as stalled_overdue_usd,
        count(*) filter (where standing.due = 'overdue') as overdue_deals,
        overdue_usd(standing.due, standing.credit_usd) as overdue_usd,
        count(*) filter (where standing.due = 'in period') as due_deals,
        due_usd(standing.due, standing.credit_usd) as due_usd,
        count(*) filter (where standing.due = 'later') as later_deals,
        coalesce(sum(standing.credit_usd) filter (where standing.due = 'later'), 0)::decimal(18, 2) as later_usd,
        count(*) filter (where standing.due = 'undated') as undated_deals,
        coalesce(sum(standing.credit_usd) filter (where standing.due = 'undated'), 0)::decimal(18, 2) as undated_usd
    from standing
    left join stages_known() as place on standing.pipeline = place.pipeline and standing.stage = place.stage_name
    group by standing.stage
)

select
    staged.stage, staged.pipeline, staged.position, staged.deals, staged.open_usd,
    ratio(staged.open_usd, (sum(staged.open_usd) over ())::decimal(18, 2)) as share_of_open,
    staged.deals_without_amount, staged.stage_days, staged.deals_without_days, staged.typical_days, staged.won_behind,
    staged.is_pooled, staged.stalled_deals, staged.stalled_usd, staged.stalled_overdue_usd, staged.overdue_deals,
    staged.overdue_usd, staged.due_deals, staged.due_usd, staged.later_deals, staged.later_usd, staged.undated_deals,
    staged.undated_usd
from staged
order by staged.pipeline, staged.position, staged.stage
