-- question: Which open deals would a realignment touch, and who would be credited with them?
-- grain: deal_id
-- columns:
--   deal_id             text
--   deal_name           text?
--   account_id          text
--   account_name        text?
--   stage               text     '' without one
--   forecast_category   text?
--   close_on            date?
--   from_id             text     who holds the account as it is
--   from_name           text?
--   next_id             text     who would
--   next_name           text?
--   credit_usd          usd?     what the old holder is credited with
--   next_credit_usd     usd      what of it the new holder would be
--   credit_rule         text     stay, move or split
--   is_own_rule         flag     set for this deal alone

select
    credit.deal_id,
    min(credit.deal_name) as deal_name,
    min(credit.account_id) as account_id,
    min(account.account_name) as account_name,
    min(coalesce(credit.stage_name, '')) as stage,
    min(credit.forecast_category) as forecast_category,
    min(credit.close_on) as close_on,
    min(credit.holder_id) as from_id,
    min(holder.person_name) as from_name,
    min(credit.next_person_id) as next_id,
    min(successor.person_name) as next_name,
    sum(credit.planned_usd)::decimal(18, 2) as credit_usd,
    coalesce(sum(case when credit.side = 'next' then credit.planned_usd end), 0)::decimal(18, 2) as next_credit_usd,
    min(credit.credit_rule) as credit_rule,
    bool_or(credit.is_own_rule) as is_own_rule
from planned_credits(
    $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
) as credit
left join accounts_at($as_of) as account on credit.account_id = account.account_id
left join person as holder on credit.holder_id = holder.person_id and holder.superseded_at is null
left join person as successor on credit.next_person_id = successor.person_id and successor.superseded_at is null
where credit.is_at_stake
group by credit.deal_id
order by credit_usd desc, credit.deal_id
