-- question: Who holds how much, and is it fair?
-- grain: person_id
-- columns:
--   person_id           text     '' for accounts that nobody holds, all for everyone
--   person_name         text
--   filled_share        ratio    of a whole position, on the day; of all, their sum
--   accounts            count
--   potential_usd       usd
--   workload_visits     count
--   mrr_usd             usd
--   open_usd            usd
--   travel_miles        miles    from base to each account whose place is known, one way, added up
--   strategic_accounts  count
--   customers           count    accounts with something installed
--   renewals_soon       count    within 90 days
--   renewing_usd        usd      their MRR
--   potential_index     ratio?   1 is an equal share for each whole position; empty where nobody holds any
--   workload_index      ratio?
--   mrr_index           ratio?
--   open_index          ratio?
--   travel_index        ratio?
--   strategic_index     ratio?
--   composite_index     ratio?   by the weights settled, of the measures that are known

with known as (
    select balance.*
    from balance_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id, $plan_on
    ) as balance
),

indexed as (
    select known.*
    from known

    union all

    select
        'all' as person_id, 'All' as person_name,
        sum(known.filled_share) as filled_share,
        sum(known.accounts)::bigint as accounts,
        sum(known.potential_usd)::decimal(18, 2) as potential_usd,
        sum(known.workload) as workload,
        sum(known.mrr_usd)::decimal(18, 2) as mrr_usd,
        sum(known.open_usd)::decimal(18, 2) as open_usd,
        sum(known.miles) as miles,
        sum(known.strategic)::bigint as strategic,
        sum(known.customers)::bigint as customers,
        sum(known.renewals_soon)::bigint as renewals_soon,
        sum(known.renewing_usd)::decimal(18, 2) as renewing_usd,
        null as potential_index, null as workload_index, null as mrr_index, null as open_index, null as travel_index,
        null as strategic_index
    from known
    having count(*) > 0
)

select
    indexed.person_id,
    indexed.person_name,
    indexed.filled_share,
    indexed.accounts,
    indexed.potential_usd,
    whole_number(indexed.workload) as workload_visits,
    indexed.mrr_usd,
    indexed.open_usd,
    indexed.miles as travel_miles,
    indexed.strategic as strategic_accounts,
    indexed.customers,
    indexed.renewals_soon,
    indexed.renewing_usd,
    indexed.potential_index,
    indexed.workload_index,
    indexed.mrr_index,
    indexed.open_index,
    indexed.travel_index,
    indexed.strategic_index,
    composite_index(
        weighed(indexed.potential_index, weight.potential) + weighed(indexed.workload_index, weight.workload)
        + weighed(indexed.mrr_index, weight.mrr) + weighed(indexed.open_index, weight.pipeline)
        + weighed(indexed.travel_index, weight.travel) + weighed(indexed.strategic_index, weight.strategic),
        weight_known(indexed.potential_index, weight.potential) + weight_known(indexed.workload_index, weight.workload)
        + weight_known(indexed.mrr_index, weight.mrr) + weight_known(indexed.open_index, weight.pipeline)
        + weight_known(indexed.travel_index, weight.travel) + weight_known(indexed.strategic_index, weight.strategic)
    ) as composite_index
from indexed
cross join balance_weights() as weight
order by (indexed.person_id = 'all') desc, indexed.potential_usd desc, indexed.person_id
