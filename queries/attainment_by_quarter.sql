-- question: How did each team end the last eight quarters?
-- grain: person_id, quarter_on
-- columns:
--   person_id        text     whoever has reports, with the team; 'all' for everyone in sight
--   person_name      text
--   quarter_on       date     its first day
--   ends_on          date
--   fiscal_year      count
--   quarter          count
--   booked_usd       usd
--   quota_usd        usd?     month by month the own quota, else the sum of the reports'
--   attainment       ratio?   booked ÷ quota
--   is_over          flag     on the as-of day

with span as (
    select
        month.fiscal_year, month.quarter, min(month.month_on) as quarter_on, max(month.to_on) as ends_on
    from fiscal_period as month
    where month.superseded_at is null and month.calendar_id = 'default'
    group by month.fiscal_year, month.quarter
),

shown as (
    select span.fiscal_year, span.quarter, span.quarter_on, span.ends_on
    from span
    where span.quarter_on <= $as_of
    order by span.quarter_on desc, span.fiscal_year, span.quarter
    limit 8
),

won as (
    select shown.quarter_on, credit.person_id, credit.team_on, credit.credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    inner join shown on credit.judged_on between shown.quarter_on and shown.ends_on
    where credit.outcome = 'won'
),

booked as (
    select path.ancestor_id as person_id, won.quarter_on, booked_usd('won', won.credit_usd) as booked_usd
    from won
    inner join report_paths() as path
        on won.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, won.team_on)
    group by path.ancestor_id, won.quarter_on

    union all

    select 'all' as person_id, won.quarter_on, booked_usd('won', won.credit_usd) as booked_usd
    from won
    group by won.quarter_on
),

goal as (
    select shown.quarter_on, quota.person_id, quota.quota_usd
    from quota_rolls(
        $viewer_id, $viewer_role, $as_of, date '0001-01-01', date '9999-12-31', $person_ids, $product_lines, $basis, $assignments,
        $assigned_on, true
    ) as quota
    inner join shown on quota.stretch_id = shown.fiscal_year * 10 + shown.quarter
),

leader as (
    select seen.person_id, seen.person_name
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen
    where seen.person_id in (
        select path.ancestor_id
        from report_paths() as path
        where path.depth > 0 and holds_on(path.valid_from, path.valid_to, $assigned_on)
    )

    union all

    select 'all' as person_id, 'All' as person_name
    where exists (select 1 from seen_by($viewer_id, $viewer_role) as sight)
)

select
    leader.person_id,
    leader.person_name,
    shown.quarter_on,
    shown.ends_on,
    shown.fiscal_year,
    shown.quarter,
    coalesce(booked.booked_usd, 0)::decimal(18, 2) as booked_usd,
    goal.quota_usd,
    attainment(coalesce(booked.booked_usd, 0)::decimal(18, 2), goal.quota_usd) as attainment,
    shown.ends_on <= $as_of as is_over
from leader
cross join shown
left join booked on leader.person_id = booked.person_id and shown.quarter_on = booked.quarter_on
left join goal on leader.person_id = goal.person_id and shown.quarter_on = goal.quarter_on
order by (leader.person_id = 'all') desc, leader.person_name, leader.person_id, shown.quarter_on
