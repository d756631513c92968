-- question: Which won deals make up what was booked?
-- grain: deal_id, person_id, product_line
-- columns:
--   deal_id        text
--   deal_name      text?
--   account_name   text?
--   person_id      text     who is credited; '' without a known owner
--   person_name    text?
--   product_line   text?
--   closed_on      date
--   deal_usd       usd?     the whole line
--   credit_usd     usd?     this person's part
--   deals_in_all   count    rows of the whole answer, whichever page is shown

select
    credit.deal_id,
    credit.deal_name,
    account.account_name,
    credit.person_id,
    member.person_name,
    credit.product_line,
    credit.judged_on as closed_on,
    credit.deal_usd,
    credit.credit_usd,
    count(*) over () as deals_in_all
from credits_in_scope(
    $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
    $assignments, $assigned_on
) as credit
left join accounts_at($as_of) as account on credit.account_id = account.account_id
left join person as member on credit.person_id = member.person_id and member.superseded_at is null
where credit.outcome = 'won'
  and credit.judged_on between $from_on and $to_on
  and chosen(
      $narrowed_to,
      case $narrowed_by
          when 'person' then credit.person_id
          when 'line' then coalesce(credit.product_line, '')
          when 'channel' then coalesce(credit.channel, '')
      end
  )
order by credit.credit_usd desc, credit.judged_on desc, credit.deal_id, credit.person_id, credit.product_line
limit $rows_shown offset $rows_before
