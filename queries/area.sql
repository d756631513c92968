-- question: What stands behind each team's number?
-- grain: person_id
-- columns:
--   person_id        text     whoever has reports, with the team; 'all' for everyone in sight
--   created_deals    count    created in the period until the as-of day, whatever became of them
--   created_usd      usd      at the amount of the as-of day
--   was_due_deals    count    open and due in the period on the evening before it began, or when first due later
--   slipped_deals    count    of those, now open and due after the period, or on no date
--   slipped_usd      usd
--   open_deals       count
--   open_usd         usd
--   unkept_deals     count    open and past the close date, without one, without an amount or longer in the stage than usual
--   unkept_share     ratio?   of the open deals
--   top_id           text?    the largest open deal that is due in the period and not overdue
--   top_name         text?
--   top_account      text?
--   top_usd          usd?
--   top_on           date?    its close date
--   risk_id          text?    the largest open deal of those that is due in the period or overdue
--   risk_name        text?
--   risk_account     text?
--   risk_usd         usd?
--   risk_why         text?    overdue, undated, unpriced or stalled: the first that fits

with leader as (
    select seen.person_id
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen
    where seen.person_id in (
        select path.ancestor_id
        from report_paths() as path
        where path.depth > 0 and holds_on(path.valid_from, path.valid_to, $assigned_on)
    )

    union all

    select 'all' as person_id
    where exists (select 1 from seen_by($viewer_id, $viewer_role) as sight)
),

born as (
    select credit.deal_id, credit.person_id, credit.team_on, credit.outcome, credit.credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.created_on between $from_on and $to_on and credit.created_on <= $as_of
),

-- One row a deal and team.
created as (
    select team.person_id, team.deal_id, team.outcome, sum(team.credit_usd)::decimal(18, 2) as credit_usd
    from (
        select path.ancestor_id as person_id, born.deal_id, born.outcome, born.credit_usd
        from born
        inner join report_paths() as path
            on born.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, born.team_on)

        union all

        select 'all' as person_id, born.deal_id, born.outcome, born.credit_usd
        from born
    ) as team
    group by team.person_id, team.deal_id, team.outcome
),

due as (
    select credit.deal_id, credit.person_id, credit.team_on, credit.became, credit.credit_usd
    from due_credits_in_scope(
        $viewer_id, $viewer_role, ($from_on - interval 1 day)::date, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
),

was_due as (
    select team.person_id, team.deal_id, team.became, sum(team.credit_usd)::decimal(18, 2) as credit_usd
    from (
        select path.ancestor_id as person_id, due.deal_id, due.became, due.credit_usd
        from due
        inner join report_paths() as path
            on due.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, due.team_on)

        union all

        select 'all' as person_id, due.deal_id, due.became, due.credit_usd
        from due
    ) as team
    group by team.person_id, team.deal_id, team.became
),

open_now as (
    select
        credit.deal_id, credit.deal_name, credit.account_id, credit.person_id, credit.team_on, credit.credit_usd,
        credit.close_on, credit.due,
        case
            when credit.due = 'overdue' then 'overdue'
            when credit.due = 'undated' then 'undated'
            when credit.credit_usd is null then 'unpriced'
            when credit.is_stalled then 'stalled'
        end as why
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
),

open_deal as (
    select
        team.person_id, team.deal_id,
        min(team.deal_name) as deal_name, min(team.account_id) as account_id, min(team.why) as why,
        min(team.close_on) as close_on, min(team.due) as due,
        sum(team.credit_usd)::decimal(18, 2) as credit_usd
    from (
        select
            path.ancestor_id as person_id, open_now.deal_id, open_now.deal_name, open_now.account_id, open_now.why,
            open_now.close_on, open_now.due, open_now.credit_usd
        from open_now
        inner join report_paths() as path
            on open_now.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, open_now.team_on)

        union all

        select
            'all' as person_id, open_now.deal_id, open_now.deal_name, open_now.account_id, open_now.why, open_now.close_on,
            open_now.due, open_now.credit_usd
        from open_now
    ) as team
    group by team.person_id, team.deal_id
),

risky as (
    select
        open_deal.*,
        row_number() over (
            partition by open_deal.person_id order by coalesce(open_deal.credit_usd, 0) desc, open_deal.deal_id
        ) as place
    from open_deal
    where open_deal.why is not null and open_deal.due in ('overdue', 'in period')
),

largest as (
    select
        open_deal.*,
        row_number() over (
            partition by open_deal.person_id order by coalesce(open_deal.credit_usd, 0) desc, open_deal.deal_id
        ) as place
    from open_deal
    where open_deal.due = 'in period'
),

came as (
    select
        created.person_id,
        created_deals(created.outcome) as deals,
        created_usd(created.outcome, created.credit_usd) as usd
    from created
    group by created.person_id
),

slid as (
    select
        was_due.person_id,
        was_due_deals(was_due.became) as was_due_deals,
        slipped_deals(was_due.became) as slipped_deals,
        slipped_usd(was_due.became, was_due.credit_usd) as slipped_usd
    from was_due
    group by was_due.person_id
),

kept as (
    select
        open_deal.person_id,
        open_deals('open') as deals,
        open_usd('open', open_deal.credit_usd) as usd,
        count(open_deal.why) as unkept
    from open_deal
    group by open_deal.person_id
)

select
    leader.person_id,
    coalesce(came.deals, 0) as created_deals,
    coalesce(came.usd, 0)::decimal(18, 2) as created_usd,
    coalesce(slid.was_due_deals, 0) as was_due_deals,
    coalesce(slid.slipped_deals, 0) as slipped_deals,
    coalesce(slid.slipped_usd, 0)::decimal(18, 2) as slipped_usd,
    coalesce(kept.deals, 0) as open_deals,
    coalesce(kept.usd, 0)::decimal(18, 2) as open_usd,
    coalesce(kept.unkept, 0) as unkept_deals,
    unkept_share(kept.unkept, kept.deals) as unkept_share,
    largest.deal_id as top_id,
    largest.deal_name as top_name,
    top_account.account_name as top_account,
    largest.credit_usd as top_usd,
    largest.close_on as top_on,
    risky.deal_id as risk_id,
    risky.deal_name as risk_name,
    account.account_name as risk_account,
    risky.credit_usd as risk_usd,
    risky.why as risk_why
from leader
left join came on leader.person_id = came.person_id
left join slid on leader.person_id = slid.person_id
left join kept on leader.person_id = kept.person_id
left join risky on leader.person_id = risky.person_id and risky.place = 1
left join largest on leader.person_id = largest.person_id and largest.place = 1
left join accounts_at($as_of) as top_account on largest.account_id = top_account.account_id
left join accounts_at($as_of) as account on risky.account_id = account.account_id
order by (leader.person_id = 'all') desc, leader.person_id
