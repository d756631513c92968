-- question: Who is on track for quota, and does the roll-up add up?
-- grain: person_id
-- columns:
--   person_id           text     'all' for the total of everyone in sight
--   person_name         text
--   role                text?
--   manager_id          text?    of the as-of day, or of today with today's assignments
--   reports             count    people below, whoever stands between
--   won_deals           count    credited in the period, a split deal once
--   booked_usd          usd      the person's own and, for a manager, the team's
--   quota_usd           usd?     month by month the own quota, else the sum of the reports'
--   reports_quota_usd   usd?     the quotas below, each person's counted once
--   attainment          ratio?   booked ÷ quota
--   gap_usd             usd?     what is left of the quota
--   over_assignment     ratio?   the reports' quotas over the own one, − 1
--   over_assigned_usd   usd?     the same in dollars, empty where it is not above zero
--   used_up_usd         usd?     of what the reports' quotas add beyond the own one
--   lost_deals          count    closed in the period, a split deal once
--   win_rate            ratio?   won ÷ (won + lost)
--   wilson_low          ratio?   95 %
--   wilson_high         ratio?
--   due_usd             usd      open, expected to close in the period and not overdue
--   coverage            ratio?   due ÷ gap; empty once the quota is met or the period is over
--   coverage_full       ratio?   due ÷ the full quota; empty once the period is over
--   pace_usd            usd?     what of the quota is expected by the evening of the as-of day
--   pace_gap_usd        usd?     booked − pace
--   pace                ratio?   booked ÷ pace
--   expected_share      ratio?   part of the quota that is expected by then
--   past_periods        count    whose usual path that is, of the team of the row's manager; 0: by working days
--   days_left           count?   working days of the period after the as-of day
--   needed_usd          usd?     gap ÷ working days left
--   booked_a_day_usd    usd?     booked ÷ working days gone
--   booked_today_usd    usd      on the as-of day
--   today_usd           usd?     what that day was to bring, by what was needed the evening before

with credited as (
    select
        credit.deal_id, credit.person_id, credit.team_on, credit.outcome,
        credit.judged_on = $as_of as is_of_today,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where (credit.outcome in ('won', 'lost') and credit.judged_on between $from_on and $to_on)
       or (credit.outcome = 'open' and credit.close_on between $from_on and $to_on and credit.close_on >= $as_of)
    group by credit.deal_id, credit.person_id, credit.team_on, credit.outcome, credit.judged_on = $as_of
),

goal as (
    select quota.person_id, quota.own_usd, quota.reports_usd, quota.quota_usd, quota.beside_own_usd
    from quota_rolls(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $person_ids, $product_lines, $basis, $assignments, $assigned_on, false
    ) as quota
),

in_sight as (
    select seen.person_id, seen.person_name, seen.role, seen.manager_id
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen
),

-- Each credit goes to its person and to everyone above: on the day it closed, open ones on the as-of day; with today's
-- assignments today.
rolled as (
    select
        path.ancestor_id as person_id,
        count(distinct case when credited.outcome = 'won' then credited.deal_id end) as won_deals,
        count(distinct case when credited.outcome = 'lost' then credited.deal_id end) as lost_deals,
        booked_usd(credited.outcome, credited.credit_usd) as booked_usd,
        booked_today_usd(credited.outcome, credited.is_of_today, credited.credit_usd) as booked_today_usd,
        open_due_usd(credited.outcome, credited.credit_usd) as due_usd
    from credited
    inner join report_paths() as path
        on credited.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, credited.team_on)
    group by path.ancestor_id
),

below as (
    select path.ancestor_id as person_id, count(*) as reports
    from report_paths() as path
    where path.depth > 0 and holds_on(path.valid_from, path.valid_to, $assigned_on)
    group by path.ancestor_id
),

named as (
    select in_sight.person_id, in_sight.person_name, in_sight.role, in_sight.manager_id
    from in_sight

    union all

    -- Somebody who left the viewer's sight since: the closed period keeps their row.
    select member.person_id, member.person_name, null as role, null as manager_id
    from person as member
    where member.superseded_at is null
      and member.person_id not in (select in_sight.person_id from in_sight)
      and (
          member.person_id in (select credited.person_id from credited)
          or member.person_id in (select goal.person_id from goal where goal.own_usd is not null)
      )
),

everyone as (
    select
        named.person_id, named.person_name, named.role, named.manager_id,
        coalesce(below.reports, 0) as reports,
        coalesce(rolled.won_deals, 0) as won_deals,
        coalesce(rolled.booked_usd, 0)::decimal(18, 2) as booked_usd,
        coalesce(rolled.booked_today_usd, 0)::decimal(18, 2) as booked_today_usd,
        coalesce(rolled.lost_deals, 0) as lost_deals,
        coalesce(rolled.due_usd, 0)::decimal(18, 2) as due_usd,
        goal.own_usd,
        goal.quota_usd,
        goal.beside_own_usd,
        goal.reports_usd as reports_quota_usd
    from named
    left join rolled on named.person_id = rolled.person_id
    left join goal on named.person_id = goal.person_id
    left join below on named.person_id = below.person_id

    union all

    select
        'all' as person_id, 'All' as person_name, 'all' as role, null as manager_id,
        (select count(*) from in_sight) as reports,
        count(distinct case when credited.outcome = 'won' then credited.deal_id end) as won_deals,
        booked_usd(credited.outcome, credited.credit_usd) as booked_usd,
        booked_today_usd(credited.outcome, credited.is_of_today, credited.credit_usd) as booked_today_usd,
        count(distinct case when credited.outcome = 'lost' then credited.deal_id end) as lost_deals,
        open_due_usd(credited.outcome, credited.credit_usd) as due_usd,
        null::decimal(18, 2) as own_usd,
        (select max(goal.quota_usd) from goal where goal.person_id = 'all') as quota_usd,
        null::decimal(18, 2) as beside_own_usd,
        (select max(goal.reports_usd) from goal where goal.person_id = 'all') as reports_quota_usd
    from credited
),

-- The last day of the path that the as-of day has reached; a period ahead stands at nothing.
reached as (
    select coalesce(max(known.day_on), $from_on) as day_on
    from days_known() as known
    where known.day_on between $from_on and least($as_of, $to_on)
      and (known.working_through > known.working_before or known.day_on in ($from_on, $to_on))
),

usual as (
    select part.person_id, case when $as_of < $from_on then 0 else part.millionths end as millionths, part.periods
    from usual_path(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as part
    inner join reached on part.day_on = reached.day_on
),

-- One row, empty beyond the calendar.
days as (
    select
        max(known.days_gone) as days_gone,
        max(known.days_in_all) as days_in_all,
        max(today.working_through - today.working_before) as worked_today
    from days_gone($from_on, $to_on, $as_of, $as_of) as known
    left join days_known() as today on today.day_on = $as_of and today.day_on between $from_on and $to_on
),

-- Each is measured by the path of the own team, of whoever leads it: of a small team by working days.
measured as (
    select
        everyone.*,
        days.days_gone, days.days_in_all,
        days.days_in_all - days.days_gone as days_left,
        coalesce(days.worked_today, 0) as worked_today,
        coalesce(usual.millionths, days.days_gone) as part,
        case when usual.person_id is null then days.days_in_all else 1000000 end as whole,
        coalesce(usual.periods, 0) as past_periods
    from everyone
    cross join days
    cross join path_of($person_ids, $assigned_on) as chosen_path
    left join usual
        on usual.person_id = case
            when everyone.person_id = 'all' then chosen_path.person_id
            when everyone.reports > 0 then everyone.person_id
            else everyone.manager_id
        end
),

told as (
    select
        measured.*,
        case when measured.quota_usd is not null then gap_usd(measured.booked_usd, measured.quota_usd) end as gap_usd,
        pace_usd(measured.quota_usd, measured.part, measured.whole) as pace_usd
    from measured
)

select
    told.person_id,
    told.person_name,
    told.role,
    told.manager_id,
    told.reports,
    told.won_deals,
    told.booked_usd,
    told.quota_usd,
    told.reports_quota_usd,
    attainment(told.booked_usd, told.quota_usd) as attainment,
    told.gap_usd,
    over_assignment(told.own_usd, told.beside_own_usd) as over_assignment,
    over_assigned_usd(told.own_usd, told.beside_own_usd) as over_assigned_usd,
    used_up_usd(
        told.booked_usd, pace_usd(told.beside_own_usd, told.part, told.whole), told.own_usd, told.beside_own_usd
    ) as used_up_usd,
    told.lost_deals,
    win_rate(told.won_deals, told.lost_deals) as win_rate,
    wilson_low(told.won_deals, told.won_deals + told.lost_deals) as wilson_low,
    wilson_high(told.won_deals, told.won_deals + told.lost_deals) as wilson_high,
    told.due_usd,
    case when $as_of < $to_on then coverage(told.due_usd, told.gap_usd) end as coverage,
    case when $as_of < $to_on then coverage_full(told.due_usd, told.quota_usd) end as coverage_full,
    told.pace_usd,
    pace_gap_usd(told.booked_usd, told.pace_usd) as pace_gap_usd,
    pace(told.booked_usd, told.pace_usd) as pace,
    expected_share(told.part, told.whole) as expected_share,
    told.past_periods,
    told.days_left,
    needed_usd(told.gap_usd, told.days_left) as needed_usd,
    booked_a_day_usd(told.booked_usd, told.days_gone) as booked_a_day_usd,
    told.booked_today_usd,
    today_usd(
        told.quota_usd, told.booked_usd - told.booked_today_usd, told.days_left + told.worked_today, told.worked_today = 1
    ) as today_usd
from told
order by (told.person_id = 'all') desc, told.person_name, told.person_id
