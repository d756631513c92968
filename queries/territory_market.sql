-- question: Which industries, cities and counties make the market, and how much of it is ours?
-- grain: part, value
-- columns:
--   part             text     industry, city, county or segment
--   value            text     '' where it is not known
--   accounts         count
--   customers        count    accounts with something installed
--   prospects        count    the others
--   penetration      ratio
--   potential_usd    usd
--   mrr_usd          usd
--   open_usd         usd
--   untapped_usd     usd
--   quiet            count    accounts without an activity in the last 90 days
--   last_on          date?

with load as (
    select planned.*
    from planned_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
),

long as (
    select 'industry' as part, coalesce(load.industry, '') as value, load.* from load
    union all
    select 'segment' as part, coalesce(load.segment, '') as value, load.* from load
    union all
    select 'city' as part, case when load.county_state is null then coalesce(load.city, '') else concat(load.city, ', ', load.county_state) end as value, load.* from load
    union all
    select 'county' as part, case when load.county_name is null then '' else concat(load.county_name, ', ', load.county_state) end as value, load.* from load
)

select
    long.part,
    long.value,
    count(*) as accounts,
    count(case when long.services > 0 then 1 end) as customers,
    count(case when long.services = 0 then 1 end) as prospects,
    penetration(count(case when long.services > 0 then 1 end), count(*)) as penetration,
    potential_usd(long.potential_usd) as potential_usd,
    installed_mrr_usd(long.mrr_usd) as mrr_usd,
    open_usd('open', long.open_usd) as open_usd,
    untapped_usd(long.potential_usd, long.mrr_usd) as untapped_usd,
    count(case when long.last_on is null or long.last_on <= ($as_of - interval 90 day)::date then 1 end) as quiet,
    max(long.last_on) as last_on
from long
group by long.part, long.value
order by long.part, potential_usd desc, long.value
