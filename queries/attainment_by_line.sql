-- question: In which product line is each person's quota reached, and in which is it missing?
-- grain: person_id, product_line
-- columns:
--   person_id       text     'all' for the total of everyone in sight; managers with their teams
--   product_line    text     '' for what names none: deals without a line, quotas for all lines
--   person_name     text
--   won_deals       count    a deal of two lines counts in both
--   booked_usd      usd      a person's lines add up to what the person booked
--   quota_usd       usd?     a person's lines add up to the person's quota
--   line_quota_usd  usd?     quotas that name this line: the own, else those of the reports
--   attainment      ratio?   booked ÷ line_quota_usd, empty where no quota names the line
--   gap_usd         usd?     likewise

with credited as (
    select
        credit.deal_id, credit.person_id, credit.team_on,
        coalesce(credit.product_line, '') as line_name,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'won' and credit.judged_on between $from_on and $to_on
    group by credit.deal_id, credit.person_id, credit.team_on, coalesce(credit.product_line, '')
),

goal as (
    select quota.person_id, quota.team_on, quota.product_line as line_name, sum(quota.quota_usd)::decimal(18, 2) as quota_usd
    from quotas_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $person_ids, $product_lines, $basis, $assignments, $assigned_on
    ) as quota
    group by quota.person_id, quota.team_on, quota.product_line
),

own as (
    select distinct goal.person_id
    from goal
),

-- A manager's own quota, of whatever lines, stands for everyone below: as in the question of attainment.
ladder as (
    select goal.person_id, goal.team_on, goal.line_name, goal.quota_usd, path.ancestor_id
    from goal
    inner join report_paths() as path
        on goal.person_id = path.person_id and path.depth > 0 and holds_on(path.valid_from, path.valid_to, goal.team_on)
),

covered as (
    select distinct ladder.person_id, ladder.team_on, path.ancestor_id
    from ladder
    inner join own on ladder.ancestor_id = own.person_id
    inner join report_paths() as path
        on ladder.ancestor_id = path.person_id and path.depth > 0 and holds_on(path.valid_from, path.valid_to, ladder.team_on)
),

-- The same line by line: an own quota for all lines does not stand for those that name one.
own_line as (
    select distinct goal.person_id, goal.line_name
    from goal
    where goal.line_name <> ''
),

covered_line as (
    select distinct ladder.person_id, ladder.team_on, ladder.line_name, path.ancestor_id
    from ladder
    inner join own_line on ladder.ancestor_id = own_line.person_id and ladder.line_name = own_line.line_name
    inner join report_paths() as path
        on ladder.ancestor_id = path.person_id and path.depth > 0 and holds_on(path.valid_from, path.valid_to, ladder.team_on)
),

beneath_line as (
    select distinct ladder.person_id, ladder.team_on, ladder.line_name
    from ladder
    inner join own_line on ladder.ancestor_id = own_line.person_id and ladder.line_name = own_line.line_name
),

beneath as (
    select distinct ladder.person_id, ladder.team_on
    from ladder
    inner join own on ladder.ancestor_id = own.person_id
),

parts as (
    select path.ancestor_id as person_id, credited.line_name, credited.deal_id, credited.credit_usd as won_usd,
        null::decimal(18, 2) as part_usd, null::decimal(18, 2) as own_usd, null::decimal(18, 2) as below_usd
    from credited
    inner join report_paths() as path
        on credited.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, credited.team_on)

    union all

    select 'all' as person_id, credited.line_name, credited.deal_id, credited.credit_usd as won_usd,
        null::decimal(18, 2) as part_usd, null::decimal(18, 2) as own_usd, null::decimal(18, 2) as below_usd
    from credited

    union all

    select goal.person_id, goal.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        goal.quota_usd as part_usd, goal.quota_usd as own_usd, null::decimal(18, 2) as below_usd
    from goal

    union all

    select ladder.ancestor_id as person_id, ladder.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        ladder.quota_usd as part_usd, null::decimal(18, 2) as own_usd, null::decimal(18, 2) as below_usd
    from ladder
    left join covered
        on ladder.person_id = covered.person_id
        and ladder.team_on = covered.team_on
        and ladder.ancestor_id = covered.ancestor_id
    where covered.person_id is null
      and ladder.ancestor_id not in (select own.person_id from own)

    union all

    select 'all' as person_id, goal.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        goal.quota_usd as part_usd, null::decimal(18, 2) as own_usd, null::decimal(18, 2) as below_usd
    from goal
    left join beneath on goal.person_id = beneath.person_id and goal.team_on = beneath.team_on
    where beneath.person_id is null

    union all

    select ladder.ancestor_id as person_id, ladder.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        null::decimal(18, 2) as part_usd, null::decimal(18, 2) as own_usd, ladder.quota_usd as below_usd
    from ladder
    left join covered_line
        on ladder.person_id = covered_line.person_id
        and ladder.team_on = covered_line.team_on
        and ladder.line_name = covered_line.line_name
        and ladder.ancestor_id = covered_line.ancestor_id
    where covered_line.person_id is null and ladder.line_name <> ''

    union all

    select 'all' as person_id, goal.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        null::decimal(18, 2) as part_usd, null::decimal(18, 2) as own_usd, goal.quota_usd as below_usd
    from goal
    left join beneath_line
        on goal.person_id = beneath_line.person_id
        and goal.team_on = beneath_line.team_on
        and goal.line_name = beneath_line.line_name
    where beneath_line.person_id is null and goal.line_name <> ''
),

named as (
    select in_sight.person_id, in_sight.person_name
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as in_sight

    union

    select member.person_id, member.person_name
    from person as member
    where member.superseded_at is null
      and (
          member.person_id in (select credited.person_id from credited)
          or member.person_id in (select own.person_id from own)
      )

    union

    select 'all' as person_id, 'All' as person_name
),

cells as (
    select
        parts.person_id,
        parts.line_name,
        named.person_name,
        count(distinct parts.deal_id) as won_deals,
        coalesce(sum(parts.won_usd), 0)::decimal(18, 2) as booked_usd,
        sum(parts.part_usd)::decimal(18, 2) as quota_usd,
        case
            when parts.line_name <> ''
                then quota_usd(sum(parts.own_usd)::decimal(18, 2), sum(parts.below_usd)::decimal(18, 2))
        end as line_quota_usd
    from parts
    inner join named on parts.person_id = named.person_id
    group by parts.person_id, parts.line_name, named.person_name
)

select
    cells.person_id,
    cells.line_name as product_line,
    cells.person_name,
    cells.won_deals,
    cells.booked_usd,
    cells.quota_usd,
    cells.line_quota_usd,
    attainment(cells.booked_usd, cells.line_quota_usd) as attainment,
    case when cells.line_quota_usd is not null then gap_usd(cells.booked_usd, cells.line_quota_usd) end as gap_usd
from cells
order by (cells.person_id = 'all') desc, cells.person_name, cells.person_id, product_line
