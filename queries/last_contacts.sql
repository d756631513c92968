-- question: Whom has nobody spoken to, and since when?
-- grain: account_id
-- columns:
--   account_id             text
--   account_name           text
--   person_id              text    who holds it; '' for nobody
--   person_name            text?
--   city                   text?
--   county_state           text?
--   potential_usd          usd
--   mrr_usd                usd     installed
--   last_on                date?   the last activity of anyone; empty where none is known
--   quiet_days             days?   since then
--   is_quiet               flag    for 90 days or more
--   accounts_in_all        count   accounts of the whole answer, whichever page is shown
--   quiet_in_all           count   of them, the quiet ones
--   quiet_potential_usd    usd     the potential of all quiet ones

with loaded as (
    select
        load.account_id, load.account_name, load.person_id, load.city, load.county_state, load.potential_usd, load.mrr_usd,
        load.last_on,
        date_diff('day', load.last_on, $as_of) as quiet_days,
        load.last_on is null or load.last_on <= ($as_of - interval 90 day)::date as is_quiet
    from account_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as load
    where chosen(
        $narrowed_to,
        market_value($narrowed_by, load.industry, load.segment, load.city, load.county_name, load.county_state)
    )
),

-- Never spoken to counts as a year, and so does whatever lies further back.
weighed as (
    select
        loaded.*,
        loaded.potential_usd * least(coalesce(loaded.quiet_days, 365), 365) as weight,
        count(*) over () as accounts_in_all,
        count(case when loaded.is_quiet then 1 end) over () as quiet_in_all,
        coalesce(sum(case when loaded.is_quiet then loaded.potential_usd end) over (), 0)::decimal(18, 2) as quiet_potential_usd
    from loaded
)

select
    weighed.account_id, weighed.account_name, weighed.person_id, holder.person_name, weighed.city, weighed.county_state,
    weighed.potential_usd, weighed.mrr_usd, weighed.last_on, weighed.quiet_days, weighed.is_quiet,
    weighed.accounts_in_all, weighed.quiet_in_all, weighed.quiet_potential_usd
from weighed
left join person as holder on weighed.person_id = holder.person_id and holder.superseded_at is null
order by weighed.is_quiet desc, weighed.weight desc, weighed.potential_usd desc, weighed.account_id
limit $rows_shown offset $rows_before
