-- question: How many open deals, and accounts with some, has nobody touched, and whose are they?
-- grain: person_id
-- columns:
--   person_id        text    who is credited; 'all' for everyone, each deal once; '' without a known owner
--   person_name      text?
--   open_deals       count
--   open_usd         usd
--   accounts         count   with an open deal
--   quiet_accounts   count   of them, those that nobody did anything with for so long
--   silent_usd       usd     the open amount at these
--   quiet_deals      count
--   quiet_usd        usd
--   stepless_deals   count   without a next step
--   stepless_usd     usd
--   overdue_deals    count   past their close date
--   overdue_usd      usd
--   strategic_days   count   after how many days strategic accounts and their deals are quiet
--   other_days       count   all others

with tended as (
    select open_one.*
    from tended_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as open_one
),

each_deal as (
    select
        'all' as person_id, tended.deal_id, tended.account_id, tended.is_quiet, tended.is_account_quiet, tended.is_stepless, tended.is_overdue,
        sum(tended.open_usd)::decimal(18, 2) as open_usd
    from tended
    group by
        tended.deal_id, tended.account_id, tended.is_quiet, tended.is_account_quiet, tended.is_stepless, tended.is_overdue

    union all

    select
        tended.person_id, tended.deal_id, tended.account_id, tended.is_quiet, tended.is_account_quiet, tended.is_stepless, tended.is_overdue,
        tended.open_usd
    from tended
),

each_account as (
    select distinct each_deal.person_id, each_deal.account_id, each_deal.is_account_quiet
    from each_deal
    where each_deal.account_id is not null
),

known as (
    select each_account.person_id, count(*) as accounts, quiet_accounts(each_account.is_account_quiet) as quiet_accounts
    from each_account
    group by each_account.person_id
),

counted as (
    select
        each_deal.person_id,
        open_deals('open') as open_deals,
        open_usd('open', each_deal.open_usd) as open_usd,
        quiet_deals(each_deal.is_quiet) as quiet_deals,
        quiet_usd(each_deal.is_quiet, each_deal.open_usd) as quiet_usd,
        stepless_deals(each_deal.is_stepless) as stepless_deals,
        coalesce(sum(case when each_deal.is_stepless then each_deal.open_usd end), 0)::decimal(18, 2) as stepless_usd,
        count(case when each_deal.is_overdue then 1 end) as overdue_deals,
        quiet_usd(each_deal.is_account_quiet, each_deal.open_usd) as silent_usd,
        overdue_usd(case when each_deal.is_overdue then 'overdue' end, each_deal.open_usd) as overdue_usd
    from each_deal
    group by each_deal.person_id
)

select
    counted.person_id, member.person_name, counted.open_deals, counted.open_usd,
    coalesce(known.accounts, 0) as accounts,
    coalesce(known.quiet_accounts, 0) as quiet_accounts,
    counted.silent_usd, counted.quiet_deals, counted.quiet_usd, counted.stepless_deals, counted.stepless_usd, counted.overdue_deals, counted.overdue_usd,
    within_days.strategic_days::bigint as strategic_days,
    within_days.other_days::bigint as other_days
from counted
cross join quiet_limits() as within_days
left join known on counted.person_id = known.person_id
left join person as member on counted.person_id = member.person_id and member.superseded_at is null
order by counted.quiet_usd desc, counted.quiet_deals desc, counted.person_id
