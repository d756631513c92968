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
    select
        credit.*,
        account.account_name,
        member.person_name,
        '%' || replace(replace(replace($search, '!', '!!'), '%', '!%'), '_', '!_') || '%' as pattern
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis
    ) as credit
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
),

found as (
    select
        wanted.deal_id,
        min(wanted.deal_name) as deal_name,
        min(wanted.account_name) as account_name,
        min(coalesce(wanted.stage_name, '')) as stage,
        sum(wanted.credit_usd)::decimal(18, 2) as open_usd,
        min(wanted.close_on) as close_on,
        min(wanted.due) as due,
        min(wanted.days_in_stage) as days_in_stage,
        min(wanted.typical_days) as typical_days,
        bool_or(wanted.is_stalled) as is_stalled,
        min(wanted.next_step) as next_step,
        min(wanted.channel) as channel,
        min(wanted.created_on) as created_on
    from wanted
    group by wanted.deal_id
    having $search = ''
        or bool_or(
            wanted.deal_id ilike wanted.pattern escape '!'
            or coalesce(wanted.deal_name, '') ilike wanted.pattern escape '!'
            or coalesce(wanted.account_name, '') ilike wanted.pattern escape '!'
            or coalesce(wanted.person_name, '') ilike wanted.pattern escape '!'
            or coalesce(wanted.next_step, '') ilike wanted.pattern escape '!'
        )
),

page as (
    select
        found.*,
        count(*) over () as deals_in_all,
        coalesce(sum(found.open_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
    from found
    order by found.open_usd desc, found.deal_id
    limit $rows_shown offset $rows_before
),

people as (
    select named.deal_id, string_agg(named.person_name, ', ' order by named.person_name) as person_name
    from (select distinct wanted.deal_id, wanted.person_name from wanted semi join page on wanted.deal_id = page.deal_id) as named
    group by named.deal_id
),

lines as (
    select named.deal_id, string_agg(named.product_line, ', ' order by named.product_line) as product_line
    from (select distinct wanted.deal_id, wanted.product_line from wanted semi join page on wanted.deal_id = page.deal_id) as named
    group by named.deal_id
)

select
    page.deal_id, page.deal_name, page.account_name, people.person_name, page.stage, page.open_usd, page.close_on, page.due,
    page.days_in_stage, page.typical_days, page.is_stalled, page.next_step, lines.product_line, page.channel,
    page.created_on, page.deals_in_all, page.usd_in_all_usd
from page
left join people on page.deal_id = people.deal_id
left join lines on page.deal_id = lines.deal_id
order by page.open_usd desc, page.deal_id
