-- question: Which open deals has nobody touched, have no next step or are past their close date?
-- grain: deal_id
-- columns:
--   deal_id          text    narrowed by quiet, stepless or overdue: only those; by anything else: all three
--   deal_name        text?
--   account_name     text?
--   person_name      text?   everyone in sight who is credited, by name
--   stage            text    '' without one
--   open_usd         usd?    credited amount, empty where the deal has none
--   is_quiet         flag    nothing was done on it for so long
--   last_on          date?   the last activity on it, of anyone
--   quiet_days       days?   since then
--   created_on       date?
--   is_stepless      flag    without a next step
--   next_step        text?
--   is_overdue       flag    past its close date
--   close_on         date?
--   is_strategic     flag    its account is
--   deals_in_all     count   deals of the whole answer, whichever page is shown
--   usd_in_all_usd   usd     their amount

with tended as (
    select open_one.*
    from tended_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as open_one
    where case $narrowed_by
            when 'quiet' then open_one.is_quiet
            when 'stepless' then open_one.is_stepless
            when 'overdue' then open_one.is_overdue
            else open_one.is_quiet or open_one.is_stepless or open_one.is_overdue
        end
),

deal as (
    select
        tended.deal_id, min(tended.deal_name) as deal_name, min(tended.account_name) as account_name,
        string_agg(distinct member.person_name, ', ' order by member.person_name) as person_name,
        min(coalesce(tended.stage_name, '')) as stage,
        sum(tended.open_usd)::decimal(18, 2) as open_usd,
        bool_or(tended.is_quiet) as is_quiet, min(tended.deal_on) as last_on, min(tended.created_on) as created_on,
        bool_or(tended.is_stepless) as is_stepless, min(tended.next_step) as next_step,
        bool_or(tended.is_overdue) as is_overdue, min(tended.close_on) as close_on, bool_or(tended.is_strategic) as is_strategic
    from tended
    left join person as member on tended.person_id = member.person_id and member.superseded_at is null
    group by tended.deal_id
)

select
    deal.deal_id, deal.deal_name, deal.account_name, deal.person_name, deal.stage, deal.open_usd, deal.is_quiet, deal.last_on,
    date_diff('day', deal.last_on, $as_of) as quiet_days,
    deal.created_on, deal.is_stepless, deal.next_step, deal.is_overdue, deal.close_on, deal.is_strategic,
    count(*) over () as deals_in_all,
    coalesce(sum(deal.open_usd) over (), 0)::decimal(18, 2) as usd_in_all_usd
from deal
order by deal.open_usd desc nulls last, deal.deal_id
limit $rows_shown offset $rows_before
