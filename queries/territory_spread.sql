-- question: How far from equal is each measure?
-- grain: measure
-- columns:
--   measure               text     potential, workload, mrr, open, travel, strategic
--   people                count    who fill any of a position
--   spread                ratio?   coefficient of variation
--   gini                  ratio?
--   largest_to_smallest   ratio?   empty where somebody has nothing
--   largest_id            text?    who holds most for a whole position
--   largest_index         ratio?   1 is what a whole position holds on average
--   smallest_id           text?
--   smallest_index        ratio?

with known as (
    select balance.*
    from balance_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id, $plan_on
    ) as balance
    where balance.filled_share > 0 and balance.person_id <> ''
),

long as (
    select 'potential' as measure, known.person_id, known.potential_index as index from known

    union all

    select 'workload' as measure, known.person_id, known.workload_index as index from known

    union all

    select 'mrr' as measure, known.person_id, known.mrr_index as index from known

    union all

    select 'open' as measure, known.person_id, known.open_index as index from known

    union all

    select 'travel' as measure, known.person_id, known.travel_index as index from known

    union all

    select 'strategic' as measure, known.person_id, known.strategic_index as index from known
),

placed as (
    select
        long.measure, long.person_id, long.index,
        row_number() over (partition by long.measure order by long.index, long.person_id) as place,
        count(*) over (partition by long.measure) as people
    from long
    where long.index is not null
)

select
    placed.measure,
    max(placed.people) as people,
    spread(placed.index) as spread,
    gini(placed.index, placed.place, placed.people) as gini,
    largest_to_smallest(placed.index) as largest_to_smallest,
    max(case when placed.place = placed.people then placed.person_id end) as largest_id,
    max(case when placed.place = placed.people then placed.index end) as largest_index,
    max(case when placed.place = 1 then placed.person_id end) as smallest_id,
    max(case when placed.place = 1 then placed.index end) as smallest_index
from placed
group by placed.measure
order by placed.measure
