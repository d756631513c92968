-- question: Which deals have no start date, so that nobody can say where they stood before the first export?
-- grain: deal_id
-- columns:
--   deal_id        text
--   deal_name      text?
--   account_name   text?
--   person_name    text?    everyone credited, by name
--   stage          text     at the first export, '' without one
--   credit_usd     usd?     credited amount, empty where the deal has none
--   begins_on      date     the day of the first export
--   deals_in_all   count    deals of the whole answer, whichever page is shown

with begun as (
    select past.deal_id, min(past.valid_from) as begins_on
    from deal_history($as_of) as past
    group by past.deal_id
),

undated as (
    select begun.deal_id, begun.begins_on
    from begun
    inner join watched($as_of) as span on begun.begins_on = span.since_on
),

found as (
    select
        credit.deal_id,
        min(credit.deal_name) as deal_name,
        min(account.account_name) as account_name,
        string_agg(distinct member.person_name, ', ' order by member.person_name) as person_name,
        min(coalesce(credit.stage_name, '')) as stage,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd,
        min(undated.begins_on) as begins_on
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    inner join undated on credit.deal_id = undated.deal_id
    left join accounts_at($as_of) as account on credit.account_id = account.account_id
    left join person as member on credit.person_id = member.person_id and member.superseded_at is null
    where credit.created_on is null
    group by credit.deal_id
)

select
    found.deal_id, found.deal_name, found.account_name, found.person_name, found.stage, found.credit_usd, found.begins_on,
    count(*) over () as deals_in_all
from found
order by found.credit_usd desc, found.deal_id
limit $rows_shown offset $rows_before
