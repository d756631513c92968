-- question: With which customers and strategic accounts is contact kept, and with whose executives?
-- grain: account_id
-- columns:
--   account_id        text
--   account_name      text
--   person_name       text?   who holds it
--   is_customer       flag    has something installed
--   is_strategic      flag
--   mrr_usd           usd     installed
--   contact_days      days    with any activity, of 180
--   last_on           date?   the last of them
--   executive_on      date?   the last executive contact, of 180 days
--   executives        count   known there
--   accounts_in_all   count   accounts of the whole answer, whichever page is shown

select
    kept.account_id, kept.account_name, holder.person_name, kept.is_customer, kept.is_strategic, kept.mrr_usd, kept.contact_days,
    kept.touched_on as last_on, kept.executive_on, kept.executives,
    count(*) over () as accounts_in_all
from kept_in_scope(
    $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $strategic_only, $assigned_on
) as kept
left join person as holder on kept.person_id = holder.person_id and holder.superseded_at is null
order by (kept.executive_on is null) desc, kept.is_strategic desc, kept.mrr_usd desc, kept.account_id
limit $rows_shown offset $rows_before
