-- question: Which accounts lie in which module on the day, and who holds them?
-- grain: account_id
-- columns:
--   account_id             text
--   account_name           text
--   module_id              text     '' for none
--   module_name            text?
--   person_id              text     who holds it; '' for nobody
--   person_name            text?
--   city                   text?
--   is_strategic           flag
--   potential_usd          usd
--   accounts_in_all        count    of the whole answer, whichever page is shown
--   potential_in_all_usd   usd
--   holders_in_all         count
--   holder_name            text?    who holds all of them, where one does

with found as (
    select
        account.account_id, account.account_name, account.city, coalesce(account.is_strategic, false) as is_strategic,
        held.module_id, book.module_name, held.person_id, holder.person_name, potential.potential_usd
    from holdings_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $strategic_only) as held
    inner join accounts_at($assigned_on) as account on held.account_id = account.account_id
    inner join potentials_on($as_of) as potential on held.account_id = potential.account_id
    left join person as holder on held.person_id = holder.person_id and holder.superseded_at is null
    left join module as book on held.module_id = book.module_id and book.superseded_at is null
    where chosen($narrowed_to, held.account_id)
      and (
          $search = ''
          or holds_text(account.account_name, $search) or holds_text(account.account_id, $search)
          or holds_text(account.city, $search) or holds_text(holder.person_name, $search)
          or holds_text(book.module_name, $search)
      )
),

whole as (
    select
        count(*) as accounts,
        potential_usd(found.potential_usd) as potential_usd,
        count(distinct found.person_id) as holders,
        min(found.person_name) as holder_name
    from found
)

select
    found.account_id, found.account_name, found.module_id, found.module_name, found.person_id, found.person_name, found.city,
    found.is_strategic, found.potential_usd,
    whole.accounts as accounts_in_all,
    whole.potential_usd as potential_in_all_usd,
    whole.holders as holders_in_all,
    case when whole.holders = 1 then whole.holder_name end as holder_name
from found
cross join whole
order by found.potential_usd desc, found.account_name, found.account_id
limit $rows_shown offset $rows_before
