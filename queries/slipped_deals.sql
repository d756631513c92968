-- question: Which deals slipped out of the period?
-- grain: deal_id
-- columns:
--   deal_id          text
--   deal_name        text?
--   account_name     text?
--   person_name      text?    everyone credited, by name
--   stage            text     '' without one
--   slipped_usd      usd?     credited amount, empty where the deal has none
--   was_due_on       date     close date when it was last due in the period
--   close_on         date?    close date now
--   slipped_on       date     the day from which it was due in the period no more
--   pushes           count    since it is known
--   pushed_before    count    of these, before the one that took it out
--   pushed_days      days?    by all its pushes together
--   product_line     text?    all of them, by name
--   channel          text?
--   deals_in_all     count    deals of the whole answer, whichever page is shown
--   usd_in_all_usd   usd      their amount

with slipped as (
    select credit.*
    from due_credits_in_scope(
        $viewer_id, $viewer_role, $compare_on, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
    where credit.became = 'slipped'
),

page as (
    select
        found.deal_id, found.slipped_usd, found.left_on,
        count(*) over () as deals_in_all,
        coalesce(sum(found.slipped_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
    from (
        select slipped.deal_id, slipped.left_on, sum(slipped.credit_usd)::decimal(18, 2) as slipped_usd
        from slipped
        group by slipped.deal_id, slipped.left_on
    ) as found
    order by found.slipped_usd desc, found.deal_id
    limit $rows_shown offset $rows_before
)

select
    page.deal_id,
    min(slipped.deal_name) as deal_name,
    min(account.account_name) as account_name,
    string_agg(distinct member.person_name, ', ' order by member.person_name) as person_name,
    min(coalesce(slipped.stage_name, '')) as stage,
    page.slipped_usd,
    min(past.close_on) as was_due_on,
    min(slipped.close_on) as close_on,
    page.left_on as slipped_on,
    coalesce(min(pushed.pushes), 0) as pushes,
    coalesce(min(pushed.pushed_before), 0) as pushed_before,
    min(pushed.pushed_days) as pushed_days,
    string_agg(distinct slipped.product_line, ', ' order by slipped.product_line) as product_line,
    min(slipped.channel) as channel,
    page.deals_in_all,
    page.usd_in_all_usd
from page
inner join slipped on page.deal_id = slipped.deal_id
inner join deal_history($as_of) as past on page.deal_id = past.deal_id and page.left_on = past.valid_to
left join slips_between($compare_on, $as_of, $from_on, $to_on) as pushed on page.deal_id = pushed.deal_id
left join accounts_at($as_of) as account on slipped.account_id = account.account_id
left join person as member on slipped.person_id = member.person_id and member.superseded_at is null
group by page.deal_id, page.slipped_usd, page.left_on, page.deals_in_all, page.usd_in_all_usd
order by page.slipped_usd desc, page.deal_id
