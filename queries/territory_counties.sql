-- question: Who holds which county, and what lies in it?
-- grain: county_fips
-- columns:
--   county_fips      text
--   county_name      text
--   county_state     text
--   person_id        text     who holds most of its accounts, then of its potential; '' for nobody
--   person_name      text?
--   holders          count    how many hold accounts there
--   accounts         count
--   own_accounts     count    of the one named
--   customers        count    accounts with something installed
--   potential_usd    usd
--   mrr_usd          usd
--   open_usd         usd
--   untapped_usd     usd
--   penetration      ratio
--   last_on          date?    the last activity

with load as (
    select planned.*
    from planned_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
    where planned.county_fips is not null
),

holding as (
    select
        load.county_fips, load.person_id, count(*) as accounts,
        row_number() over (
            partition by load.county_fips order by count(*) desc, sum(load.potential_usd)::decimal(18, 2) desc, load.person_id
        ) as place
    from load
    group by load.county_fips, load.person_id
)

select
    load.county_fips,
    min(load.county_name) as county_name,
    min(load.county_state) as county_state,
    holding.person_id,
    min(holder.person_name) as person_name,
    count(distinct load.person_id) as holders,
    count(*) as accounts,
    count(case when load.person_id = holding.person_id then 1 end) as own_accounts,
    count(case when load.services > 0 then 1 end) as customers,
    potential_usd(load.potential_usd) as potential_usd,
    installed_mrr_usd(load.mrr_usd) as mrr_usd,
    open_usd('open', load.open_usd) as open_usd,
    untapped_usd(load.potential_usd, load.mrr_usd) as untapped_usd,
    penetration(count(case when load.services > 0 then 1 end), count(*)) as penetration,
    max(load.last_on) as last_on
from load
inner join holding on load.county_fips = holding.county_fips and holding.place = 1
left join person as holder on holding.person_id = holder.person_id and holder.superseded_at is null
group by load.county_fips, holding.person_id
order by load.county_fips
