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

ladder as (
    select
        step.person_id, step.month_on, step.line_name, step.quota_usd, step.ancestor_id, step.depth, step.top_depth,
        step.line_top_depth
    from quota_ladder(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $person_ids, $product_lines, $basis, $assignments, $assigned_on, true
    ) as step
),

-- As in the question of attainment: month by month an own quota, of whatever lines, else those below.
own as (
    select ladder.person_id, ladder.month_on
    from ladder
    where ladder.depth = 0
    group by ladder.person_id, ladder.month_on
    having sum(ladder.quota_usd)::decimal(18, 2) > 0
),

part as (
    select ladder.ancestor_id as person_id, ladder.line_name, ladder.quota_usd as part_usd
    from ladder
    left join own on ladder.ancestor_id = own.person_id and ladder.month_on = own.month_on
    where (ladder.depth = 0 and own.person_id is not null)
       or (ladder.depth > 0 and own.person_id is null and ladder.depth <= coalesce(ladder.top_depth, ladder.depth))

    union all

    -- An own 0 of somebody with nobody below is a quota of 0.
    select ladder.person_id, ladder.line_name, ladder.quota_usd as part_usd
    from ladder
    where ladder.depth = 0 and ladder.quota_usd = 0

    union all

    select 'all' as person_id, ladder.line_name, ladder.quota_usd as part_usd
    from ladder
    where ladder.depth = 0 and ladder.top_depth is null
),

-- The same line by line: an own quota for all lines does not stand for those that name one.
of_line as (
    select
        ladder.ancestor_id as person_id, ladder.month_on, ladder.line_name,
        sum(case when ladder.depth = 0 then ladder.quota_usd end)::decimal(18, 2) as own_usd,
        sum(
            case when ladder.depth > 0 and ladder.depth <= coalesce(ladder.line_top_depth, ladder.depth) then ladder.quota_usd end
        )::decimal(18, 2) as below_usd
    from ladder
    where ladder.line_name <> ''
    group by ladder.ancestor_id, ladder.month_on, ladder.line_name

    union all

    select
        'all' as person_id, ladder.month_on, ladder.line_name, null::decimal(18, 2) as own_usd,
        sum(ladder.quota_usd)::decimal(18, 2) as below_usd
    from ladder
    where ladder.line_name <> '' and ladder.depth = 0 and ladder.line_top_depth is null
    group by ladder.month_on, ladder.line_name
),

parts as (
    select path.ancestor_id as person_id, credited.line_name, credited.deal_id, credited.credit_usd as won_usd,
        null::decimal(18, 2) as part_usd, null::decimal(18, 2) as line_usd
    from credited
    inner join report_paths() as path
        on credited.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, credited.team_on)

    union all

    select 'all' as person_id, credited.line_name, credited.deal_id, credited.credit_usd as won_usd,
        null::decimal(18, 2) as part_usd, null::decimal(18, 2) as line_usd
    from credited

    union all

    select part.person_id, part.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        part.part_usd, null::decimal(18, 2) as line_usd
    from part

    union all

    select of_line.person_id, of_line.line_name, null as deal_id, null::decimal(18, 2) as won_usd,
        null::decimal(18, 2) as part_usd, quota_usd(of_line.own_usd, of_line.below_usd) as line_usd
    from of_line
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
          or member.person_id in (select ladder.person_id from ladder)
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
        sum(parts.line_usd)::decimal(18, 2) as line_quota_usd
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
