-- question: Which currencies appear in deals without a rate, and how much is missing?
-- grain: currency
-- columns:
--   currency    text
--   deals       count
--   amount      text     exact sum in that currency

select
    deal.currency,
    count(*) as deals,
    sum(deal.filed_amount)::decimal(18, 2)::varchar as amount
from deals_at($as_of) as deal
where deal.currency is not null
  and deal.filed_usd is null
  and deal.filed_amount is not null
  and deal.deal_id in (
      select credit.deal_id
      from credits_in_scope(
          $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
          $assignments, $assigned_on
      ) as credit
  )
group by deal.currency
order by deals desc, deal.currency
