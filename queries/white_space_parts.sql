-- question: How much of each industry, city and county is still to be sold?
-- grain: part, value
-- columns:
--   part                     text    industry, city, county or segment
--   value                    text    '' where it is not known
--   potential_usd            usd
--   customer_potential_usd   usd     of accounts with something installed
--   whitespace_usd           usd     in a year, of every line that an account neither has nor is offered
--   services_in_all          count   services known in the whole organisation, installed or not: without any nobody can say

with loaded as (
    select load.*
    from account_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as load
),

uncovered as (
    select space.account_id, whitespace_usd(case when space.state = 'nothing' then space.estimate_usd end) as whitespace_usd
    from space_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as space
    group by space.account_id
),

split as (
    select 'industry' as part
    union all
    select 'segment' as part
    union all
    select 'city' as part
    union all
    select 'county' as part
),

long as (
    select
        split.part,
        market_value(split.part, loaded.industry, loaded.segment, loaded.city, loaded.county_name, loaded.county_state) as value,
        loaded.potential_usd,
        case when loaded.services > 0 then loaded.potential_usd end as customer_potential_usd,
        uncovered.whitespace_usd
    from loaded
    cross join split
    left join uncovered on loaded.account_id = uncovered.account_id
),

told as (
    select count(*) as services
    from service as version
    where version.superseded_at is null and holds_on(version.valid_from, version.valid_to, $as_of)
)

select
    long.part,
    long.value,
    potential_usd(long.potential_usd) as potential_usd,
    potential_usd(long.customer_potential_usd) as customer_potential_usd,
    whitespace_usd(long.whitespace_usd) as whitespace_usd,
    max(told.services) as services_in_all
from long
cross join told
group by long.part, long.value
order by long.part, potential_usd desc, long.value
