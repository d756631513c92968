-- question: Which deals are open?
-- grain: deal_id
-- columns:
--   deal_id          text
--   deal_name        text?
--   account_name     text?
--   person_name      text?    everyone credited, by name
--   stage            text     '' without one
--   open_usd         usd?     credited amount, empty where the deal has none
--   close_on         date?    expected
--   due              text     overdue, in period, later or undated
--   days_in_stage    count?   empty where nothing shows when it came
--   typical_days     days?    three of four won deals had left the stage by then
--   is_stalled       flag
--   next_step        text?
--   product_line     text?    all of them, by name
--   channel          text?
--   created_on       date?
--   deals_in_all     count    deals of the whole answer, whichever page is shown
--   usd_in_all_usd   usd      their amount

with wanted as (
    select credit.deal_id, credit.account_id, credit.deal_name, credit.person_id, credit.next_step, credit.credit_usd,
        due_by(credit.close_on, $as_of, $from_on, $to_on) = 'overdue' as is_overdue
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open'
      and chosen($stages, coalesce(credit.stage_name, ''))
      and chosen(
          $narrowed_to,
          case $narrowed_by
              when 'person' then credit.person_id
              when 'line' then coalesce(credit.product_line, '')
              when 'channel' then coalesce(credit.channel, '')
          end
      )
),

-- A deal is found by any of its parts, and shown whole.
matching as (
    select wanted.deal_id
    from wanted
    left join accounts_at($as_of) as account on wanted.account_id = account.account_id
    left join person as member on wanted.person_id = member.person_id and member.superseded_at is null
    where holds_text(wanted.deal_id, $search)
       or holds_text(wanted.deal_name, $search)
       or holds_text(account.account_name, $search)
       or holds_text(member.person_name, $search)
       or holds_text(wanted.next_step, $search)
),

-- What is past its close date comes first, then the largest.
page as (
    select
        found.deal_id,
        found.is_overdue,
        found.open_usd,
        count(*) over () as deals_in_all,
        coalesce(sum(found.open_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
    from (
        select wanted.deal_id, bool_or(wanted.is_overdue) as is_overdue, sum(wanted.credit_usd)::decimal(18, 2) as open_usd
        from wanted
        where $search = '' or wanted.deal_id in (select matching.deal_id from matching)
        group by wanted.deal_id
    ) as found
    order by found.is_overdue desc, found.open_usd desc, found.deal_id
    limit $rows_shown offset $rows_before
),

shown as (
    select credit.*, account.account_name, member.person_name
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    semi join page on credit.deal_id = page.deal_id
    left join accounts_at($as_of) as account on credit.account_id = account.account_id
    left join person as member on credit.person_id = member.person_id and member.superseded_at is null
    where chosen($stages, coalesce(credit.stage_name, ''))
      and chosen(
          $narrowed_to,
          case $narrowed_by
              when 'person' then credit.person_id
              when 'line' then coalesce(credit.product_line, '')
              when 'channel' then coalesce(credit.channel, '')
          end
      )
)

select
    page.deal_id,
    min(shown.deal_name) as deal_name,
    min(shown.account_name) as account_name,
    string_agg(distinct shown.person_name, ', ' order by shown.person_name) as person_name,
    min(coalesce(shown.stage_name, '')) as stage,
    page.open_usd,
    min(shown.close_on) as close_on,
    min(shown.due) as due,
    min(shown.days_in_stage) as days_in_stage,
    min(shown.typical_days) as typical_days,
    bool_or(shown.is_stalled) as is_stalled,
    min(shown.next_step) as next_step,
    string_agg(distinct shown.product_line, ', ' order by shown.product_line) as product_line,
    min(shown.channel) as channel,
    min(shown.created_on) as created_on,
    page.deals_in_all,
    page.usd_in_all_usd
from page
inner join shown on page.deal_id = shown.deal_id
group by page.deal_id, page.is_overdue, page.open_usd, page.deals_in_all, page.usd_in_all_usd
order by page.is_overdue desc, page.open_usd desc, page.deal_id
