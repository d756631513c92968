-- question: Which open deals stand longer in their stage than usual?
-- grain: deal_id
-- columns:
--   deal_id          text
--   deal_name        text?
--   account_name     text?
--   person_name      text?    everyone credited, by name
--   stage            text     '' without one
--   open_usd         usd?     credited amount, empty where the deal has none
--   days_in_stage    count
--   typical_days     days     three of four won deals had left the stage by then
--   over_days        days     longer than that
--   is_pooled        flag     typical_days is over all stages, since fewer than 8 won deals are known here
--   close_on         date?
--   pushes           count    of its close date, since it is known
--   pushed_days      days?    by all its pushes together
--   product_line     text?    all of them, by name
--   channel          text?
--   deals_in_all     count    deals of the whole answer, whichever page is shown
--   usd_in_all_usd   usd      their amount

with stuck as (
    select credit.*
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
    where credit.is_stalled
),

-- The furthest beyond what is usual first.
page as (
    select
        found.deal_id, found.over_days, found.open_usd,
        count(*) over () as deals_in_all,
        coalesce(sum(found.open_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
    from (
        select
            stuck.deal_id,
            stuck.days_in_stage::double - stuck.typical_days as over_days,
            sum(stuck.credit_usd)::decimal(18, 2) as open_usd
        from stuck
        group by stuck.deal_id, stuck.days_in_stage, stuck.typical_days
    ) as found
    order by found.over_days desc, found.deal_id
    limit $rows_shown offset $rows_before
),

pushed as (
    select push.deal_id, pushes(push.late_daysr) as pushes, pushed_days(push.late_daysr) as pushed_days
    from pushes_at($as_of) as push
    semi join page on push.deal_id = page.deal_id
    group by push.deal_id
)

select
    page.deal_id,
    min(stuck.deal_name) as deal_name,
    min(account.account_name) as account_name,
    string_agg(distinct member.person_name, ', ' order by member.person_name) as person_name,
    min(coalesce(stuck.stage_name, '')) as stage,
    page.open_usd,
    min(stuck.days_in_stage) as days_in_stage,
    min(stuck.typical_days) as typical_days,
    page.over_days,
    bool_and(stuck.is_pooled) as is_pooled,
    min(stuck.close_on) as close_on,
    coalesce(min(pushed.pushes), 0) as pushes,
    min(pushed.pushed_days) as pushed_days,
    string_agg(distinct stuck.product_line, ', ' order by stuck.product_line) as product_line,
    min(stuck.channel) as channel,
    page.deals_in_all,
    page.usd_in_all_usd
from page
inner join stuck on page.deal_id = stuck.deal_id
left join pushed on page.deal_id = pushed.deal_id
left join accounts_at($as_of) as account on stuck.account_id = account.account_id
left join person as member on stuck.person_id = member.person_id and member.superseded_at is null
group by page.deal_id, page.open_usd, page.over_days, page.deals_in_all, page.usd_in_all_usd
order by page.over_days desc, page.deal_id
