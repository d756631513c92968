-- question: Which accounts with open deals has nobody spoken to?
-- grain: account_id
-- columns:
--   account_id        text
--   account_name      text
--   person_name       text?   everyone in sight who is credited with a deal there, by name
--   is_strategic      flag
--   open_deals        count
--   open_usd          usd     their amount
--   last_on           date?   the last activity of anyone; empty where none is known
--   quiet_days        days?   since then
--   accounts_in_all   count   accounts of the whole answer, whichever page is shown
--   usd_in_all_usd    usd     their open amount

with tended as (
    select open_one.*
    from tended_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as open_one
    where open_one.is_account_quiet
),

quiet as (
    select
        tended.account_id, min(tended.account_name) as account_name, bool_or(tended.is_strategic) as is_strategic,
        count(distinct tended.deal_id) as open_deals,
        open_usd('open', tended.open_usd) as open_usd,
        min(tended.account_on) as last_on,
        string_agg(distinct member.person_name, ', ' order by member.person_name) as person_name
    from tended
    left join person as member on tended.person_id = member.person_id and member.superseded_at is null
    group by tended.account_id
)

select
    quiet.account_id, quiet.account_name, quiet.person_name, quiet.is_strategic, quiet.open_deals, quiet.open_usd, quiet.last_on,
    date_diff('day', quiet.last_on, $as_of) as quiet_days,
    count(*) over () as accounts_in_all,
    coalesce(sum(quiet.open_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
from quiet
order by quiet.open_usd desc, quiet.account_id
limit $rows_shown offset $rows_before
