-- question: Which accounts does who hold, and what does each of them mean?
-- grain: account_id
-- columns:
--   account_id         text
--   account_name       text
--   person_id          text      who holds it, or would; '' for nobody
--   person_name        text?
--   was_person_id      text      who holds it as it is
--   was_person_name    text?
--   module_id          text      '' for none
--   module_name        text?
--   was_module_id      text
--   is_moved           flag
--   rule               text?     lock, pin or forbid, where the realignment must keep to one
--   rule_person_id     text?
--   rule_person_name   text?
--   rule_reason        text?
--   industry           text?
--   segment            text?
--   is_strategic       flag
--   city               text?
--   county_fips        text?
--   county_name        text?
--   county_state       text?
--   latitude           degrees?
--   longitude          degrees?
--   unplaced_why       text?     empty where its place is known
--   potential_usd      usd
--   potential_source   text      typed, peers of its industry and size, peers of its size, all accounts, own revenue, unknown
--   open_usd           usd
--   open_deals         count
--   mrr_usd            usd
--   services           count
--   renewals_soon      count     within 90 days
--   renewing_usd       usd       their MRR
--   workload_visits    count
--   travel_miles       miles?    from the holder's base, one way
--   last_on            date?     the last activity
--   relationships      count     activities of who holds it as it is, in the last 180 days
--   accounts_in_all    count     accounts of the whole answer, whichever page is shown

with load as (
    select planned.*
    from planned_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
),

-- Of several rules of one account the one that lets it least.
rule as (
    select
        known.account_id,
        case max(case known.rule when 'lock' then 3 when 'pin' then 2 else 1 end) when 3 then 'lock' when 2 then 'pin' else 'forbid' end as rule,
        min(known.person_id) as person_id,
        min(known.reason) as reason
    from scenario_rule as known
    semi join plans_in_scope($viewer_id, $viewer_role, $assigned_on) as plan on known.scenario_id = plan.scenario_id
    where known.superseded_at is null and known.scenario_id = $scenario_id
    group by known.account_id
)

select
    load.account_id, load.account_name,
    load.person_id, holder.person_name, load.was_person_id, was_holder.person_name as was_person_name,
    load.module_id, book.module_name, load.was_module_id,
    load.is_moved,
    rule.rule, rule.person_id as rule_person_id, ruled.person_name as rule_person_name, rule.reason as rule_reason,
    load.industry, load.segment, load.is_strategic,
    load.city, load.county_fips, load.county_name, load.county_state, load.latitude, load.longitude, load.unplaced_why,
    load.potential_usd, load.potential_source, load.open_usd, load.open_deals, load.mrr_usd, load.services,
    load.renewals_soon, load.renewing_usd,
    whole_number(load.workload_visits) as workload_visits,
    load.miles as travel_miles,
    load.last_on, load.relationships,
    count(*) over () as accounts_in_all
from load
left join person as holder on load.person_id = holder.person_id and holder.superseded_at is null
left join person as was_holder on load.was_person_id = was_holder.person_id and was_holder.superseded_at is null
left join module as book on load.module_id = book.module_id and book.superseded_at is null
left join rule on load.account_id = rule.account_id
left join person as ruled on rule.person_id = ruled.person_id and ruled.superseded_at is null
where (
        $search = ''
        or holds_text(load.account_name, $search) or holds_text(load.city, $search) or holds_text(load.county_name, $search)
        or holds_text(holder.person_name, $search) or holds_text(book.module_name, $search) or holds_text(load.industry, $search)
    )
    and chosen(
        $narrowed_to,
        case $narrowed_by
            when 'person' then load.was_person_id
            when 'county' then coalesce(load.county_fips, '')
            when 'module' then load.was_module_id
            when 'account' then load.account_id
            when 'moved' then case when load.is_moved then 'yes' else 'no' end
            when 'ruled' then case when rule.rule is not null then 'yes' else 'no' end
            when 'strategic' then case when load.is_strategic then 'yes' else 'no' end
        end
    )
order by load.potential_usd desc, load.account_id
limit $rows_shown offset $rows_before
