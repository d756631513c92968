-- question: Which deals moved from stage to stage?
-- grain: from_stage, to_stage, way
-- columns:
--   from_stage                  text     won, lost or removed where it was not open; '' where none is known
--   to_stage                    text
--   way                         text     forward, skipped, back, won, lost, removed, reopened or not known
--   from_place                  count?   among the open stages of its pipeline
--   to_place                    count?
--   deals                       count    in sight on the as-of day, moved after the evening of the day compared with
--   moves                       count    one deal may go the same way twice
--   went_usd                    usd      credited amount of the as-of day, each deal once
--   timed_moves                 count    moves whose days in the stage before are known
--   move_days                   days?    median of the days in the stage before
--   quarter_move_days           days?    a quarter of them took less; empty with fewer than 8
--   three_quarters_move_days    days?    a quarter of them took more; empty with fewer than 8
--   since_on                    date?    the day of the first export

with shown as (
    select credit.deal_id, sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    group by credit.deal_id
),

moved as (
    select
        move.deal_id, move.from_stage, move.to_stage, move.way, move.from_place, move.to_place, move.days_before,
        case
            when row_number() over (
                partition by move.deal_id, move.from_stage, move.to_stage, move.way order by move.moved_on, move.deal_id
            ) = 1 then shown.credit_usd
        end as once_usd
    from moves_between($compare_on, $as_of) as move
    inner join shown on move.deal_id = shown.deal_id
)

select
    moved.from_stage,
    moved.to_stage,
    moved.way,
    min(moved.from_place) as from_place,
    min(moved.to_place) as to_place,
    count(distinct moved.deal_id) as deals,
    count(*) as moves,
    coalesce(sum(moved.once_usd), 0)::decimal(18, 2) as went_usd,
    count(moved.days_before) as timed_moves,
    move_days(moved.days_before) as move_days,
    case when count(moved.days_before) >= 8 then quantile_cont(moved.days_before::double, 0.25) end as quarter_move_days,
    case when count(moved.days_before) >= 8 then quantile_cont(moved.days_before::double, 0.75) end as three_quarters_move_days,
    span.since_on
from moved
cross join watched($as_of) as span
group by moved.from_stage, moved.to_stage, moved.way, span.since_on
order by from_place, moved.from_stage, to_place, moved.to_stage, moved.way
