-- question: Which deals stand behind what moved between two days?
-- grain: deal_id, movement, reason
-- columns:
--   deal_id           text
--   deal_name         text?
--   account_name      text?
--   movement          text     as in waterfall; by default all that moved, not opening nor closing
--   reason            text     as in waterfall
--   amount_usd        usd?     what the deal adds to the row of its movement, empty without an amount
--   before_person     text?    everyone credited on the evening of the first day whom the viewer may see, by name
--   before_stage      text?    '' without one, empty where the viewer saw nothing of the deal
--   before_outcome    text?    open, won, lost or removed
--   before_usd        usd?     credited amount: in what is chosen, else in sight
--   before_close_on   date?
--   after_person      text?    the same on the second day, decided deals as on their closing day
--   after_stage       text?
--   after_outcome     text?
--   after_usd         usd?
--   after_close_on    date?    expected; of a decided deal the closing day
--   deals_in_all      count    rows of the whole answer, whichever page is shown
--   usd_in_all_usd    usd      their amount

with page as (
    select
        booked.deal_id, booked.movement, booked.reason, booked.bar_usd, booked.entry, booked.opened_usd, booked.ended_usd,
        booked.is_held_after,
        count(*) over () as deals_in_all,
        coalesce(sum(booked.bar_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
    from pipeline_bars(
        $viewer_id, $viewer_role, $compare_on, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on, $pipeline_mode
    ) as booked
    where chosen($movements, trim(booked.movement || ' ' || booked.reason))
      and (array_length($movements::varchar[]) > 0 or booked.movement not in ('opening', 'closing', 'created_and_won'))
    order by abs(booked.bar_usd) desc, booked.deal_id, booked.movement, booked.reason
    limit $rows_shown offset $rows_before
),

seen as (
    select true as is_before, credit.*
    from credits_of(
        $viewer_id, $viewer_role, least($compare_on, $as_of), []::varchar[], []::varchar[], $basis,
        $assignments, $assigned_on
    ) as credit

    union all

    select false as is_before, credit.*
    from credits_of(
        $viewer_id, $viewer_role, $as_of, []::varchar[], []::varchar[], $basis, $assignments, $assigned_on
    ) as credit
),

state as (
    select
        seen.deal_id,
        seen.is_before,
        min(seen.deal_name) as deal_name,
        min(seen.account_id) as account_id,
        string_agg(distinct member.person_name, ', ' order by member.person_name) as person_name,
        min(coalesce(seen.stage_name, '')) as stage,
        min(seen.outcome) as outcome,
        sum(seen.credit_usd)::decimal(18, 2) as sight_usd,
        min(case when seen.outcome in ('won', 'lost') then seen.judged_on else seen.close_on end) as close_on
    from seen
    semi join page on seen.deal_id = page.deal_id
    left join person as member on seen.person_id = member.person_id and member.superseded_at is null
    group by seen.deal_id, seen.is_before
)

select
    page.deal_id,
    coalesce(afterwards.deal_name, before.deal_name) as deal_name,
    account.account_name,
    page.movement,
    page.reason,
    page.bar_usd as amount_usd,
    before.person_name as before_person,
    before.stage as before_stage,
    before.outcome as before_outcome,
    case when page.entry = 'opening' then page.opened_usd else before.sight_usd end as before_usd,
    before.close_on as before_close_on,
    afterwards.person_name as after_person,
    afterwards.stage as after_stage,
    afterwards.outcome as after_outcome,
    case when page.is_held_after then page.ended_usd else afterwards.sight_usd end as after_usd,
    afterwards.close_on as after_close_on,
    page.deals_in_all,
    page.usd_in_all_usd
from page
left join state as before on page.deal_id = before.deal_id and before.is_before
left join state as afterwards on page.deal_id = afterwards.deal_id and not afterwards.is_before
left join accounts_at($as_of) as account on coalesce(afterwards.account_id, before.account_id) = account.account_id
order by abs(page.bar_usd) desc, page.deal_id, page.movement, page.reason
