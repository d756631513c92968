-- question: Which deals stand behind what a person's selling looks like?
-- grain: person_id, deal_id
-- columns:
--   person_id         text
--   deal_id           text
--   deal_name         text?
--   account_name      text?
--   outcome           text     open, won or lost
--   credit_usd        usd?
--   created_on        date?
--   decided_on        date?    the closing day of a decided deal
--   close_on          date?
--   first_due_on      date?    the close date that was known first
--   is_created        flag     created from the first to the last day
--   is_decided        flag     won or lost in it
--   is_due            flag     first due in a quarter that ended in it
--   is_slipped        flag     and not decided by then
--   cycle_days        days?    from creation to winning
--   late_days         days?    closed so long after the first close date
--   proposal_days     days?    at the proposal stage, once it has left it
--   deals_in_all      count    of the whole answer, whichever page is shown

with found as (
    select deal.*
    from coached_deals(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $person_ids, $modules, $product_lines, $channels, $strategic_only,
        $basis, $assignments, $assigned_on
    ) as deal
    semi join coached_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member on deal.person_id = member.person_id
    where deal.created_on between $from_on and $to_on
       or (deal.outcome in ('won', 'lost') and deal.judged_on between $from_on and $to_on)
       or deal.is_due
)

select
    found.person_id, found.deal_id, found.deal_name, account.account_name, found.outcome, found.credit_usd, found.created_on,
    case when found.outcome in ('won', 'lost') then found.judged_on end as decided_on,
    found.close_on, found.first_due_on,
    coalesce(found.is_created, false) as is_created,
    found.is_decided,
    found.is_due,
    found.is_slipped,
    found.cycle_days, found.late_days, found.proposal_days,
    count(*) over () as deals_in_all
from found
left join accounts_at($as_of) as account on found.account_id = account.account_id
order by found.credit_usd desc nulls last, found.person_id, found.deal_id
limit $rows_shown offset $rows_before
