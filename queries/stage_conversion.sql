-- question: How many deals go on from each stage to the next?
-- grain: stage
-- columns:
--   stage                   text
--   pipeline                text     the first by name, where several have a stage of this name
--   position                count    place in that pipeline
--   went_on                 count    decided in the period and came further, skipped stages passed, or won
--   lost_here               count    lost in the period, having come this far and no further
--   conversion              ratio?   went on ÷ (went on + lost here); multiplied, they give the win rate
--   wilson_low              ratio?   95 %, of conversion
--   wilson_high             ratio?
--   still_open              count    open and standing here: neither gone on nor lost
--   open_beyond             count    open and standing further on
--   entered                 count    all four of them
--   conversion_of_entered   ratio?   (went on + open further on) ÷ entered
--   decided_known           count    decided in the period, with a known way, all stages
--   decided_unknown         count    decided in the period, of which no export shows a stage, all stages

with shown as (
    select credit.deal_id, credit.pipeline, credit.outcome, credit.stage_name
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open'
       or (credit.outcome in ('won', 'lost') and credit.judged_on between $from_on and $to_on)
    group by credit.deal_id, credit.pipeline, credit.outcome, credit.stage_name
),

decided as (
    select shown.deal_id, shown.pipeline, shown.outcome
    from shown
    where shown.outcome <> 'open'
),

reached as (
    select decided.deal_id, decided.pipeline, decided.outcome, past.furthest
    from decided
    inner join furthest_at($as_of) as past on decided.deal_id = past.deal_id and decided.pipeline = past.pipeline

    union all

    select shown.deal_id, shown.pipeline, shown.outcome, place.position as furthest
    from shown
    inner join stages_known() as place
        on shown.pipeline = place.pipeline and shown.stage_name = place.stage_name and place.outcome = 'open'
    where shown.outcome = 'open'
),

counted as (
    select reached.pipeline, reached.outcome, reached.furthest, count(*) as deals
    from reached
    group by reached.pipeline, reached.outcome, reached.furthest
),

told as (
    select
        (select count(*) from reached where reached.outcome <> 'open') as decided_known,
        (select count(*) from decided) as decided
),

staged as (
    select
        place.stage_name as stage, min(place.pipeline) as pipeline, min(place.position) as position,
        coalesce(sum(counted.deals) filter (where counted.outcome = 'won' or (counted.outcome = 'lost' and counted.furthest > place.position)), 0)::bigint as went_on,
        coalesce(sum(counted.deals) filter (where counted.outcome = 'lost' and counted.furthest = place.position), 0)::bigint as lost_here,
        coalesce(sum(counted.deals) filter (where counted.outcome = 'open' and counted.furthest = place.position), 0)::bigint as still_open,
        coalesce(sum(counted.deals) filter (where counted.outcome = 'open' and counted.furthest > place.position), 0)::bigint as open_beyond
    from stages_known() as place
    inner join counted on place.pipeline = counted.pipeline
    where place.outcome = 'open'
    group by place.stage_name
)

select
    staged.stage, staged.pipeline, staged.position, staged.went_on, staged.lost_here,
    conversion(staged.went_on, staged.lost_here) as conversion,
    wilson_low(staged.went_on, staged.went_on + staged.lost_here) as wilson_low,
    wilson_high(staged.went_on, staged.went_on + staged.lost_here) as wilson_high,
    staged.still_open, staged.open_beyond,
    staged.went_on + staged.lost_here + staged.still_open + staged.open_beyond as entered,
    conversion_of_entered(
        staged.went_on + staged.open_beyond, staged.went_on + staged.lost_here + staged.still_open + staged.open_beyond
    ) as conversion_of_entered,
    told.decided_known,
    told.decided - told.decided_known as decided_unknown
from staged
cross join told
order by staged.pipeline, staged.position, staged.stage
