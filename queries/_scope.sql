-- Who may see what, and what was asked to be seen, as it stood on a day. Only here.
-- A macro parameter never has the name of a column: inside the body the parameter would win.

create or replace macro holds_on(starts_on, ends_on, day) as
    starts_on <= day and day < ends_on;

-- An empty list means everyone.
create or replace macro chosen(ids, id) as
    array_length(ids::varchar[]) = 0 or list_contains(ids::varchar[], id);

-- A part of a text, whatever its case; nothing in what is sought is a wildcard.
create or replace macro holds_text(said, sought) as
    coalesce(said, '') ilike '%' || replace(replace(replace(sought, '!', '!!'), '%', '!%'), '_', '!_') || '%' escape '!';

-- amount: the file's own, else TCV; a basis that a deal lacks stays empty.
create or replace macro amount_by(counted_as, as_filed, mrr, nrc, months) as
    (case counted_as
        when 'mrr' then mrr
        when 'acv' then mrr * 12
        when 'tcv' then mrr * months + coalesce(nrc, 0)
        else coalesce(as_filed, mrr * months + coalesce(nrc, 0))
    end)::decimal(18, 2);

-- Money in another currency counts at the rate of the deal's judged day, half up to cents; without a rate it
-- counts as missing, never one to one.
create or replace macro deals_at(day) as table
    with held as (
        select
            version.*,
            -- The day on which the deal's owner, line, rate and place in the team are looked up.
            case
                when version.outcome in ('won', 'lost') then coalesce(version.closed_on, version.close_on, version.valid_from)
                else day
            end as judged_on
        from deal_version as version
        where version.superseded_at is null and holds_on(version.valid_from, version.valid_to, day)
    )

    select
        version.deal_id,
        version.deal_name,
        coalesce(version.owner_id, '') as owner_id,
        coalesce(version.credited_id, '') as credited_id,
        version.account_id,
        version.stage_name,
        version.pipeline,
        version.outcome,
        version.forecast_category,
        version.created_on,
        version.stage_entered_on,
        version.close_on,
        coalesce(version.closed_on, version.close_on) as closed_on,
        version.judged_on,
        coalesce(
            version.amount_usd,
            try_cast(version.amount::decimal(20, 2) * price.rate::decimal(17, 8) as decimal(18, 2))
        ) as filed_usd,
        version.amount as filed_amount,
        version.currency,
        version.mrr_usd,
        version.nrc_usd,
        version.term_months,
        version.product_id,
        version.product_line,
        version.channel,
        version.partner,
        version.loss_reason,
        version.next_step,
        version.origin
    from held as version
    left join exchange_rate as price
        on version.currency = price.currency
        and version.amount_usd is null
        and price.superseded_at is null
        and holds_on(price.valid_from, price.valid_to, version.judged_on);

create or replace macro accounts_at(day) as table
    select *
    from account_version
    where superseded_at is null and holds_on(valid_from, valid_to, day);

-- Which account belongs to which module of accounts, from when until when.
create or replace macro module_spells() as table
    select account_id, module_id, valid_from, valid_to
    from module_account
    where superseded_at is null;

-- The only way to product lines: one row a line, whatever products it holds.
-- A deal without lines of its own is one line.
create or replace macro lines_at(day, counted_as) as table
    with split as (
        select line.deal_id, part.product_line, sum(line.amount_usd)::decimal(18, 2) as amount_usd
        from deal_line as line
        left join product as part on line.product_id = part.product_id and part.superseded_at is null
        where line.superseded_at is null and holds_on(line.valid_from, line.valid_to, day)
        group by line.deal_id, part.product_line
    )

    select
        deal.*,
        case when split.deal_id is null then coalesce(deal.product_line, own.product_line) else split.product_line end as line_name,
        case
            when split.deal_id is null then amount_by(counted_as, deal.filed_usd, deal.mrr_usd, deal.nrc_usd, deal.term_months)
            when counted_as = 'amount' then split.amount_usd
        end as line_usd
    from deals_at(day) as deal
    left join product as own on deal.product_id = own.product_id and own.superseded_at is null
    left join split on deal.deal_id = split.deal_id;

-- Who holds each account on a day: the owner of the module that it lies in, where it has one.
create or replace macro keepers_on(day) as table
    select spell.account_id, min(book.person_id) as keeper_id
    from module_spells() as spell
    inner join module_owner as book
        on spell.module_id = book.module_id
        and book.superseded_at is null
        and holds_on(book.valid_from, book.valid_to, day)
    where holds_on(spell.valid_from, spell.valid_to, day)
    group by spell.account_id;

-- The only way from deals to people. As it was ('as_was'): all to the owner of the deal's judged day, unless split;
-- splits are cut to whole cents, and the cents left over go to the largest remainders. With the assignments of
-- another day ('as_is'): all to who holds the account on that day, else to the deal's owner then; splits give way.
-- team_on is the day on which the team of the credited person is looked up.
create or replace macro credits_at(day, counted_as, assigned, assigned_day) as table
    with shared as (
        select part.deal_id, part.person_id, part.share, part.valid_from, part.valid_to
        from deal_credit as part
        where assigned = 'as_was' and part.superseded_at is null
    ),

    kept as (
        select keeper.account_id, keeper.keeper_id
        from keepers_on(assigned_day) as keeper
        where assigned = 'as_is'
    ),

    held as (
        select version.deal_id, version.owner_id
        from deal_version as version
        where assigned = 'as_is' and version.superseded_at is null and holds_on(version.valid_from, version.valid_to, assigned_day)
    ),

    parts as (
        select
            line.deal_id, line.deal_name, line.account_id, line.stage_name, line.pipeline, line.outcome,
            line.forecast_category, line.created_on, line.stage_entered_on, line.close_on, line.closed_on,
            line.judged_on, line.channel, line.next_step, line.loss_reason, line.line_name, line.line_usd,
            split.person_id as with_id,
            (line.line_usd * 100)::bigint as cents,
            (split.share * 1000000)::bigint as millionths
        from lines_at(day, counted_as) as line
        inner join shared as split
            on line.deal_id = split.deal_id and holds_on(split.valid_from, split.valid_to, line.judged_on)
    ),

    cut as (
        select
            parts.*,
            -- In two steps, so that no product outgrows 64 bits.
            sign(cents)::bigint * ((abs(cents) // 1000000) * millionths + ((abs(cents) % 1000000) * millionths) // 1000000) as whole_cents,
            ((abs(cents) % 1000000) * millionths) % 1000000 as remainder
        from parts
    ),

    ranked as (
        select
            cut.*,
            abs(cents - sum(whole_cents) over (partition by deal_id, line_name)) as left_cents,
            row_number() over (partition by deal_id, line_name order by remainder desc, with_id) as place
        from cut
    )

    select
        line.deal_id, line.deal_name, line.account_id, line.stage_name, line.pipeline, line.outcome,
        line.forecast_category, line.created_on, line.stage_entered_on, line.close_on, line.closed_on,
        line.judged_on, line.channel, line.next_step, line.loss_reason, line.line_name as product_line,
        case
            when assigned = 'as_is' then coalesce(kept.keeper_id, held.owner_id, '')
            else line.credited_id
        end as person_id,
        1::double as share, line.line_usd as deal_usd, line.line_usd as credit_usd,
        case when assigned = 'as_is' then assigned_day else line.judged_on end as team_on
    from lines_at(day, counted_as) as line
    left join kept on line.account_id = kept.account_id
    left join held on line.deal_id = held.deal_id
    anti join shared as split
        on line.deal_id = split.deal_id and holds_on(split.valid_from, split.valid_to, line.judged_on)

    union all

    select
        deal_id, deal_name, account_id, stage_name, pipeline, outcome,
        forecast_category, created_on, stage_entered_on, close_on, closed_on,
        judged_on, channel, next_step, loss_reason, line_name as product_line,
        with_id as person_id, millionths::double / 1000000::double as share, line_usd as deal_usd,
        ((whole_cents + case when place <= left_cents then sign(cents)::bigint else 0 end) * 0.01::decimal(3, 2))::decimal(18, 2) as credit_usd,
        judged_on as team_on
    from ranked;

-- Quotas as known on a day, by month.
create or replace macro quotas_at(day) as table
    select
        quota.person_id, quota.month_on, quota.product_line, quota.basis, quota.quota_usd, quota.valid_from,
        month.to_on, month.quarter, month.fiscal_year
    from quota
    inner join fiscal_period as month
        on quota.month_on = month.month_on and month.superseded_at is null and month.calendar_id = 'default'
    where quota.superseded_at is null and holds_on(quota.valid_from, quota.valid_to, day);

-- Everyone above each person, and the person, with the days on which that is so.
create or replace macro report_paths() as table
    select ancestor_id, person_id, depth, valid_from, valid_to
    from report_path
    where superseded_at is null;

-- Whom a viewer sees, from when until when: '' stands for rows without a known owner.
create or replace macro seen_by(viewer, viewing_as) as table
    select person_id, date '0001-01-01' as seen_from, date '9999-12-31' as seen_to
    from person
    where superseded_at is null and viewing_as in ('owner', 'operations')

    union all

    select path.person_id, path.valid_from as seen_from, path.valid_to as seen_to
    from report_paths() as path
    where path.ancestor_id = viewer
      and (viewing_as in ('director', 'area_director') or (viewing_as = 'executive' and path.depth = 0))

    union all

    select '' as person_id, date '0001-01-01' as seen_from, date '9999-12-31' as seen_to
    where viewing_as in ('owner', 'operations', 'area_director');

-- The people chosen and everyone below them, from when until when.
create or replace macro picked(people) as table
    select person_id, date '0001-01-01' as seen_from, date '9999-12-31' as seen_to
    from person
    where superseded_at is null and array_length(people::varchar[]) = 0

    union all

    select '' as person_id, date '0001-01-01' as seen_from, date '9999-12-31' as seen_to
    where array_length(people::varchar[]) = 0

    union all

    select path.person_id, path.valid_from as seen_from, path.valid_to as seen_to
    from report_paths() as path
    where list_contains(people::varchar[], path.ancestor_id);

-- Credits of the people whom the viewer may see: decided deals by the closing day's team, open ones by the day's; with
-- the assignments of another day, all by the team of that day.
create or replace macro credits_of(viewer, viewing_as, day, lines, channels, counted_as, assigned, assigned_day) as table
    select credit.*
    from credits_at(day, counted_as, assigned, assigned_day) as credit
    semi join seen_by(viewer, viewing_as) as seen
        on credit.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, credit.team_on)
    where chosen(lines, credit.product_line) and chosen(channels, credit.channel);

-- Accounts of the modules chosen, while they lay in them; without a module all strategic ones.
create or replace macro accounts_picked(modules, only_strategic, day) as table
    select spell.account_id, spell.valid_from as picked_from, spell.valid_to as picked_to
    from module_spells() as spell
    where list_contains(modules::varchar[], spell.module_id)
      and (
          not only_strategic
          or spell.account_id in (select account.account_id from accounts_at(day) as account where account.is_strategic)
      )

    union all

    select account.account_id, date '0001-01-01' as picked_from, date '9999-12-31' as picked_to
    from accounts_at(day) as account
    where array_length(modules::varchar[]) = 0 and account.is_strategic;

-- The same narrowed to the accounts chosen. One of the two parts is empty before anything is read.
create or replace macro credits_in_sight(
    viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    select credit.*
    from credits_of(viewer, viewing_as, day, lines, channels, counted_as, assigned, assigned_day) as credit
    where array_length(modules::varchar[]) = 0 and not only_strategic

    union all

    select credit.*
    from credits_of(viewer, viewing_as, day, lines, channels, counted_as, assigned, assigned_day) as credit
    semi join accounts_picked(modules, only_strategic, day) as pick
        on credit.account_id = pick.account_id and holds_on(pick.picked_from, pick.picked_to, credit.team_on)
    where array_length(modules::varchar[]) > 0 or only_strategic;

-- The same narrowed to the people chosen and those below them.
create or replace macro credits_in_scope(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    select credit.*
    from credits_in_sight(
        viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
    ) as credit
    semi join picked(people) as pick
        on credit.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, credit.team_on);

-- Every state of each deal until the end of a day.
create or replace macro deal_history(day) as table
    select
        version.deal_id, version.stage_name, version.pipeline, version.outcome, version.stage_entered_on, version.close_on,
        version.valid_from, version.valid_to
    from deal_version as version
    where version.superseded_at is null and version.valid_from <= day;

create or replace macro stages_known() as table
    select pipeline, stage_name, position, outcome
    from stage
    where superseded_at is null;

-- How far each deal has come among the open stages of its pipeline.
create or replace macro furthest_at(day) as table
    select past.deal_id, past.pipeline, max(place.position) as furthest
    from deal_history(day) as past
    inner join stages_known() as place
        on past.pipeline = place.pipeline and past.stage_name = place.stage_name and place.outcome = 'open'
    group by past.deal_id, past.pipeline;

-- From when on changes were seen, and the day up to which something is known, the day asked for at the latest.
create or replace macro watched(day) as table
    select min(batch.exported_on) as since_on, coalesce(max(least(batch.exported_on, day)), min(day)) as until_on
    from import_batch as batch
    where batch.entity = 'deal' and batch.undone_at is null;

-- How long each open deal has stood in its stage; empty where no stage date and no change of it is known.
-- A stage date older than a change of stage was left behind by an export without one.
create or replace macro stage_ages(day) as table
    with open_now as (
        select past.deal_id, past.stage_name, past.stage_entered_on, past.valid_from
        from deal_history(day) as past
        where past.valid_to > day and past.outcome = 'open'
    ),

    traced as (
        select
            past.deal_id,
            max(case when past.outcome <> 'open' or past.stage_name is distinct from open_now.stage_name then past.valid_to end) as moved_on,
            min(past.valid_from) as first_from
        from deal_history(day) as past
        inner join open_now on past.deal_id = open_now.deal_id
        where past.valid_to <= day
        group by past.deal_id
    ),

    entered as (
        select
            open_now.deal_id,
            span.until_on,
            coalesce(
                greatest(case when open_now.stage_entered_on <= day then open_now.stage_entered_on end, traced.moved_on),
                case when least(open_now.valid_from, traced.first_from) > span.since_on then least(open_now.valid_from, traced.first_from) end
            ) as entered_on
        from open_now
        left join traced on open_now.deal_id = traced.deal_id
        cross join watched(day) as span
    )

    select entered.deal_id, greatest(date_diff('day', entered.entered_on, entered.until_on), 0) as days_in_stage
    from entered
    where entered.entered_on is not null;

-- How long the won deals in sight stood at each stage, whatever else is chosen: three of four had left by typical_days.
-- A stage with fewer than 8 of them has no row; the row without a stage pools all.
create or replace macro stage_limits_in_scope(viewer, viewing_as, day) as table
    with won_in_sight as (
        select distinct deal.deal_id
        from deals_at(day) as deal
        left join deal_credit as split
            on deal.deal_id = split.deal_id
            and split.superseded_at is null
            and holds_on(split.valid_from, split.valid_to, deal.judged_on)
        semi join seen_by(viewer, viewing_as) as seen
            on coalesce(split.person_id, deal.credited_id) = seen.person_id
            and holds_on(seen.seen_from, seen.seen_to, deal.judged_on)
        where deal.outcome = 'won'
    ),

    stays as (
        select
            past.deal_id,
            past.stage_name,
            max(past.valid_to) as left_on,
            min(past.stage_entered_on) as dated_on,
            min(past.valid_from) as first_from
        from deal_history(day) as past
        semi join won_in_sight on past.deal_id = won_in_sight.deal_id
        where past.outcome = 'open' and past.stage_name is not null
        group by past.deal_id, past.stage_name
    ),

    entered as (
        select
            stays.deal_id, stays.stage_name, stays.left_on,
            coalesce(stays.dated_on, case when stays.first_from > span.since_on then stays.first_from end) as entered_on
        from stays
        cross join watched(day) as span
    ),

    lasted as (
        select entered.deal_id, entered.stage_name, greatest(date_diff('day', entered.entered_on, entered.left_on), 0) as days
        from entered
        where entered.entered_on is not null
    )

    select lasted.stage_name, count(*) as won_behind, typical_days(lasted.days) as typical_days
    from lasted
    group by lasted.stage_name
    having count(*) >= 8

    union all

    select null as stage_name, count(distinct lasted.deal_id) as won_behind, typical_days(lasted.days) as typical_days
    from lasted;

create or replace macro due_by(expected, day, first_day, last_day) as
    case
        when expected < day then 'overdue'
        when expected between first_day and last_day then 'in period'
        when expected is null then 'undated'
        else 'later'
    end;

-- Credits of what is open, with how long it has stood and when it is due. The period hides nothing.
create or replace macro open_credits_in_scope(
    viewer, viewing_as, day, first_day, last_day, people, modules, lines, channels, only_strategic, counted_as,
    assigned, assigned_day
) as table
    with usual as (
        select known.stage_name, known.won_behind, known.typical_days
        from stage_limits_in_scope(viewer, viewing_as, day) as known
    ),

    dated as (
        select
            credit.*,
            due_by(credit.close_on, day, first_day, last_day) as due
        from credits_in_scope(
            viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as credit
        where credit.outcome = 'open'
    )

    select
        dated.*,
        age.days_in_stage,
        coalesce(own.typical_days, pooled.typical_days) as typical_days,
        coalesce(own.won_behind, pooled.won_behind) as won_behind,
        own.stage_name is null as is_pooled,
        coalesce(age.days_in_stage > coalesce(own.typical_days, pooled.typical_days), false) as is_stalled
    from dated
    left join stage_ages(day) as age on dated.deal_id = age.deal_id
    left join usual as own on dated.stage_name = own.stage_name
    left join usual as pooled on pooled.stage_name is null;

-- The same for quotas, by the team of each month's last day, or of the day before that comes; with the assignments
-- of another day by the team of that one. A month that the period cuts counts by its days, in whole cents.
create or replace macro quotas_in_scope(
    viewer, viewing_as, day, first_day, last_day, people, lines, counted_as, assigned, assigned_day
) as table
    with goal as (
        select
            quota.person_id,
            quota.month_on,
            quota.product_line,
            quota.fiscal_year,
            quota.quarter,
            case when assigned = 'as_is' then assigned_day else least(quota.to_on, day) end as team_on,
            (quota.quota_usd * 100)::bigint as cents,
            date_diff('day', greatest(quota.month_on, first_day), least(quota.to_on, last_day)) + 1 as days,
            date_diff('day', quota.month_on, quota.to_on) + 1 as days_in_month
        from quotas_at(day) as quota
        where quota.month_on <= last_day
          and quota.to_on >= first_day
          and quota.basis = counted_as
          and chosen(lines, quota.product_line)
    )

    select
        goal.person_id,
        goal.month_on,
        goal.product_line,
        goal.fiscal_year,
        goal.quarter,
        goal.team_on,
        (((2 * goal.cents * goal.days + goal.days_in_month) // nullif(2 * goal.days_in_month, 0)) * 0.01::decimal(3, 2))::decimal(18, 2) as quota_usd
    from goal
    semi join seen_by(viewer, viewing_as) as seen
        on goal.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, goal.team_on)
    semi join picked(people) as pick
        on goal.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, goal.team_on);

-- Each quota of a month at its person (depth 0) and at everyone above. A manager's own quota stands for everyone below in
-- that month: top_depth is how far above the nearest is who has one, of whatever line; line_top_depth, of the same line.
-- line_name is '' for all lines together unless `by_line`. 0 is no quota.
create or replace macro quota_ladder(
    viewer, viewing_as, day, first_day, last_day, people, lines, counted_as, assigned, assigned_day, by_line
) as table
    with goal as (
        select
            quota.person_id, quota.month_on, quota.fiscal_year, quota.quarter, quota.team_on,
            case when by_line then quota.product_line else '' end as line_name,
            sum(quota.quota_usd)::decimal(18, 2) as quota_usd
        from quotas_in_scope(
            viewer, viewing_as, day, first_day, last_day, people, lines, counted_as, assigned, assigned_day
        ) as quota
        group by
            quota.person_id, quota.month_on, quota.fiscal_year, quota.quarter, quota.team_on,
            case when by_line then quota.product_line else '' end
    ),

    own as (
        select goal.person_id, goal.month_on
        from goal
        group by goal.person_id, goal.month_on
        having sum(goal.quota_usd)::decimal(18, 2) > 0
    ),

    own_line as (
        select goal.person_id, goal.month_on, goal.line_name
        from goal
        where goal.quota_usd > 0
    )

    select
        goal.person_id, goal.month_on, goal.fiscal_year, goal.quarter, goal.line_name, goal.quota_usd,
        path.ancestor_id, path.depth,
        min(case when path.depth > 0 and own.person_id is not null then path.depth end)
            over (partition by goal.person_id, goal.month_on, goal.line_name) as top_depth,
        min(case when path.depth > 0 and own_line.person_id is not null then path.depth end)
            over (partition by goal.person_id, goal.month_on, goal.line_name) as line_top_depth
    from goal
    inner join report_paths() as path
        on goal.person_id = path.person_id and holds_on(path.valid_from, path.valid_to, goal.team_on)
    left join own on path.ancestor_id = own.person_id and goal.month_on = own.month_on
    left join own_line
        on path.ancestor_id = own_line.person_id and goal.month_on = own_line.month_on and goal.line_name = own_line.line_name;

-- What each person's quota is, for the whole period (stretch_id 0) or for each fiscal quarter in it (20264 for the fourth
-- of 2026); 'all' is everyone in sight. own_usd and reports_usd are the own quotas and those below; quota_usd is, month by
-- month, the own one, else those below; beside_own_usd is what those below have in the months with an own one.
create or replace macro quota_rolls(
    viewer, viewing_as, day, first_day, last_day, people, lines, counted_as, assigned, assigned_day, by_quarter
) as table
    with step as (
        select
            case when by_quarter then ladder.fiscal_year * 10 + ladder.quarter else 0 end as stretch_id,
            ladder.month_on, ladder.ancestor_id, ladder.depth, ladder.top_depth, ladder.quota_usd
        from quota_ladder(
            viewer, viewing_as, day, first_day, last_day, people, lines, counted_as, assigned, assigned_day, false
        ) as ladder
    ),

    monthly as (
        select
            step.stretch_id, step.month_on, step.ancestor_id as person_id,
            sum(case when step.depth = 0 then step.quota_usd end)::decimal(18, 2) as own_usd,
            sum(case when step.depth > 0 and step.depth <= coalesce(step.top_depth, step.depth) then step.quota_usd end)::decimal(18, 2)
                as reports_usd
        from step
        group by step.stretch_id, step.month_on, step.ancestor_id

        union all

        select
            step.stretch_id, step.month_on, 'all' as person_id,
            null::decimal(18, 2) as own_usd,
            sum(step.quota_usd)::decimal(18, 2) as reports_usd
        from step
        where step.depth = 0 and step.top_depth is null
        group by step.stretch_id, step.month_on
    )

    select
        monthly.stretch_id,
        monthly.person_id,
        sum(monthly.own_usd)::decimal(18, 2) as own_usd,
        sum(monthly.reports_usd)::decimal(18, 2) as reports_usd,
        sum(quota_usd(monthly.own_usd, monthly.reports_usd))::decimal(18, 2) as quota_usd,
        sum(case when monthly.own_usd > 0 then monthly.reports_usd end)::decimal(18, 2) as beside_own_usd
    from monthly
    group by monthly.stretch_id, monthly.person_id;

-- Views that the viewer kept, and those that somebody who is still known shares with everybody. viewer '' in another role
-- than the owner's is nobody.
create or replace macro views_in_scope(viewer, viewing_as) as table
    select kept.*
    from saved_view as kept
    where kept.superseded_at is null
      and (viewing_as = 'owner' or (viewing_as in ('executive', 'director', 'area_director', 'operations') and viewer <> ''))
      and (
          kept.owner_id = viewer
          or (
              kept.is_shared
              and (kept.owner_id = '' or kept.owner_id in (select person_id from person where superseded_at is null))
          )
      );

-- People the viewer sees on the day, narrowed to the chosen and those below them.
create or replace macro people_in_scope(viewer, viewing_as, day, people) as table
    select member.person_id, member.person_name, member.kind, member.email, member.region, role.role, line.manager_id
    from person as member
    semi join seen_by(viewer, viewing_as) as seen
        on member.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, day)
    semi join picked(people) as pick
        on member.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, day)
    left join person_role as role
        on member.person_id = role.person_id and role.superseded_at is null and holds_on(role.valid_from, role.valid_to, day)
    left join reporting_line as line
        on member.person_id = line.person_id and line.superseded_at is null and holds_on(line.valid_from, line.valid_to, day)
    where member.superseded_at is null;

-- The days of the calendar: how many working days lie before each, and up to its evening.
create or replace macro days_known() as table
    select day_on, day_off, working_before, working_through
    from calendar_day
    where superseded_at is null;

-- The working days of a period from one day to another, and those two themselves: how many are over on the evening of
-- each, and how many there are in all. A day outside the period stands for its first or last one.
create or replace macro days_gone(first_day, last_day, since, until) as table
    select
        known.day_on,
        case when until < first_day then 0 else known.working_through - starts.working_before end as days_gone,
        ends.working_through - starts.working_before as days_in_all
    from days_known() as known
    inner join days_known() as starts on starts.day_on = first_day
    inner join days_known() as ends on ends.day_on = last_day
    where known.day_on between least(greatest(since, first_day), last_day) and least(greatest(until, first_day), last_day)
      and (
          known.working_through > known.working_before
          or known.day_on in (least(greatest(since, first_day), last_day), least(greatest(until, first_day), last_day))
      );

-- Fiscal months, quarters and years.
create or replace macro spans() as table
    select 'month' as span_id, month.month_on as from_on, month.to_on
    from fiscal_period as month
    where month.superseded_at is null and month.calendar_id = 'default'

    union all

    select 'quarter' as span_id, min(month.month_on) as from_on, max(month.to_on) as to_on
    from fiscal_period as month
    where month.superseded_at is null and month.calendar_id = 'default'
    group by month.fiscal_year, month.quarter

    union all

    select 'year' as span_id, min(month.month_on) as from_on, max(month.to_on) as to_on
    from fiscal_period as month
    where month.superseded_at is null and month.calendar_id = 'default'
    group by month.fiscal_year;

-- The days of up to eight periods of the same kind before one: how many working days of their period are over on the
-- evening of each, and how many it has in all.
create or replace macro days_like(first_day, last_day) as table
    with ranked as (
        select span.from_on, span.to_on, row_number() over (partition by span.span_id order by span.from_on desc) as place
        from spans() as span
        inner join spans() as meant on span.span_id = meant.span_id
        where meant.from_on = first_day and meant.to_on = last_day and span.to_on < first_day
    )

    select
        known.day_on, ranked.from_on as period_on, ranked.to_on as period_to,
        known.working_through - starts.working_before as days_gone,
        ends.working_through - starts.working_before as days_in_all
    from ranked
    inner join days_known() as starts on ranked.from_on = starts.day_on
    inner join days_known() as ends on ranked.to_on = ends.day_on
    inner join days_known() as known on known.day_on between ranked.from_on and ranked.to_on
    where ranked.place <= 8;

-- What was won in those periods by everyone in sight, and on the evening of which working day. A period that began before the first deal
-- that anybody in sight won may be known in part only, as one that is not over yet: it is left out.
create or replace macro past_wins(
    viewer, viewing_as, day, first_day, last_day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    with won as (
        select
            credit.person_id, credit.team_on, credit.judged_on, credit.credit_usd,
            min(credit.judged_on) over () as first_won_on
        from credits_in_sight(
            viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as credit
        where credit.outcome = 'won'
    )

    select like_day.period_on, like_day.days_gone, like_day.days_in_all, won.person_id, won.team_on, won.credit_usd
    from won
    inner join days_like(first_day, last_day) as like_day on won.judged_on = like_day.day_on
    where like_day.period_on >= won.first_won_on and like_day.period_to <= day;

-- Of each manager's team, and of all in sight ('all'), the part of a period that is usually booked by the evening of
-- each of those days, in millionths: the median of the earlier periods, their lowest and their highest, where at least
-- four of them hold 24 credits of won deals or more.
create or replace macro usual_parts(
    viewer, viewing_as, day, first_day, last_day, since, until, modules, lines, channels, only_strategic, counted_as,
    assigned, assigned_day
) as table
    with win as (
        select *
        from past_wins(
            viewer, viewing_as, day, first_day, last_day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as past
    ),

    of_team as (
        select path.ancestor_id as person_id, win.period_on, win.days_gone, win.days_in_all, win.credit_usd
        from win
        inner join report_paths() as path
            on win.person_id = path.person_id and path.depth > 0 and holds_on(path.valid_from, path.valid_to, win.team_on)

        union all

        select 'all' as person_id, win.period_on, win.days_gone, win.days_in_all, win.credit_usd
        from win
    ),

    by_day as (
        select
            of_team.person_id, of_team.period_on, of_team.days_gone, of_team.days_in_all,
            count(*) as credits,
            sum(of_team.credit_usd)::decimal(18, 2) as credit_usd
        from of_team
        group by of_team.person_id, of_team.period_on, of_team.days_gone, of_team.days_in_all
    ),

    whole as (
        select
            by_day.person_id, by_day.period_on,
            sum(by_day.credits) as credits,
            (sum(by_day.credit_usd)::decimal(18, 2) * 100)::bigint // 100 as dollars
        from by_day
        group by by_day.person_id, by_day.period_on
    ),

    enough as (
        select whole.person_id, count(*) as periods
        from whole
        where whole.dollars > 0
        group by whole.person_id
        having count(*) >= 4 and sum(whole.credits) >= 24
    ),

    reached as (
        select
            by_day.person_id, by_day.period_on, mark.day_on,
            (coalesce(sum(
                case when by_day.days_gone * mark.days_in_all <= mark.days_gone * by_day.days_in_all then by_day.credit_usd end
            ), 0)::decimal(18, 2) * 100)::bigint // 100 as dollars
        from by_day
        cross join days_gone(first_day, last_day, since, until) as mark
        group by by_day.person_id, by_day.period_on, mark.day_on
    ),

    parts as (
        select
            reached.person_id, reached.day_on, reached.period_on, enough.periods,
            least(greatest((reached.dollars * 1000000) // nullif(whole.dollars, 0), 0), 1000000) as millionths
        from reached
        inner join enough on reached.person_id = enough.person_id
        inner join whole on reached.person_id = whole.person_id and reached.period_on = whole.period_on and whole.dollars > 0
    ),

    placed as (
        select
            parts.person_id, parts.day_on, parts.periods, parts.millionths,
            row_number() over (partition by parts.person_id, parts.day_on order by parts.millionths, parts.period_on) as place
        from parts
    )

    select
        placed.person_id, placed.day_on, placed.periods,
        -- The middle one, or the mean of the middle two.
        (
            min(case when placed.place in ((placed.periods + 1) // 2, (placed.periods + 2) // 2) then placed.millionths end)
            + max(case when placed.place in ((placed.periods + 1) // 2, (placed.periods + 2) // 2) then placed.millionths end)
        ) // 2 as millionths,
        min(placed.millionths) as lowest,
        max(placed.millionths) as highest
    from placed
    group by placed.person_id, placed.day_on, placed.periods;

-- The whole of it: every working day of the period, and its ends.
create or replace macro usual_path(
    viewer, viewing_as, day, first_day, last_day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    select part.person_id, part.day_on, part.millionths, part.lowest, part.highest, part.periods
    from usual_parts(
        viewer, viewing_as, day, first_day, last_day, first_day, last_day, modules, lines, channels, only_strategic, counted_as,
        assigned, assigned_day
    ) as part;

-- By whose usual path all that is shown is measured: one person chosen leads a team, or belongs to a manager's; else it
-- is the path of everyone in sight.
create or replace macro path_of(people, day) as table
    select
        coalesce(
            max(case when path.depth > 0 and list_contains(people::varchar[], path.ancestor_id) then path.ancestor_id end),
            max(case when path.depth = 1 and list_contains(people::varchar[], path.person_id) then path.ancestor_id end),
            'all'
        ) as person_id
    from report_paths() as path
    where array_length(people::varchar[]) = 1 and holds_on(path.valid_from, path.valid_to, day);

-- By how many days a state moved the close date of the state before it to a later one: both open, both dated.
create or replace macro late_daysr(old_result, old_expected, result, expected) as
    case when old_result = 'open' and result = 'open' and expected > old_expected then date_diff('day', old_expected, expected) end;

-- Every push of the deals that are open on the day.
create or replace macro pushes_at(day) as table
    with steps as (
        select
            past.deal_id,
            late_daysr(
                lag(past.outcome) over (partition by past.deal_id order by past.valid_from),
                lag(past.close_on) over (partition by past.deal_id order by past.valid_from),
                past.outcome, past.close_on
            ) as late_daysr
        from deal_history(day) as past
        semi join (
            select last_state.deal_id
            from deal_history(day) as last_state
            where last_state.valid_to > day and last_state.outcome = 'open'
        ) as open_now on past.deal_id = open_now.deal_id
    )

    select steps.deal_id, steps.late_daysr
    from steps
    where steps.late_daysr is not null;

create or replace macro due_became(result, expected, first_day, last_day) as
    case
        when result <> 'open' then result
        when expected < first_day then 'earlier'
        when expected <= last_day then 'still due'
        else 'slipped'
    end;

-- The deals that were open and due in the period on the evening of a first day or later. left_on: when that was so
-- for the last time; went_on: when it was last open and due after the period or on no date.
create or replace macro due_between(since, day, first_day, last_day) as table
    with seen as (
        select
            past.deal_id,
            min(case when past.close_on between first_day and last_day then past.valid_from end) as first_due_on,
            max(case when past.close_on between first_day and last_day then past.valid_to end) as left_on,
            max(case when past.close_on is null or past.close_on > last_day then past.valid_from end) as went_on
        from deal_history(day) as past
        where past.outcome = 'open' and past.valid_to > since
        group by past.deal_id
    )

    select seen.deal_id, seen.first_due_on, seen.left_on, seen.went_on
    from seen
    where seen.first_due_on is not null;

-- How often and how far each deal that slipped out of the period was pushed, and how often before it slipped.
create or replace macro slips_between(since, day, first_day, last_day) as table
    with gone as (
        select due.deal_id, due.left_on
        from due_between(since, day, first_day, last_day) as due
        inner join deal_history(day) as past on due.deal_id = past.deal_id
        where past.valid_to > day and due_became(past.outcome, past.close_on, first_day, last_day) = 'slipped'
    ),

    steps as (
        select
            past.deal_id,
            past.valid_from as stepped_on,
            late_daysr(
                lag(past.outcome) over (partition by past.deal_id order by past.valid_from),
                lag(past.close_on) over (partition by past.deal_id order by past.valid_from),
                past.outcome, past.close_on
            ) as late_daysr
        from deal_history(day) as past
        semi join gone on past.deal_id = gone.deal_id
    )

    select
        gone.deal_id,
        pushes(steps.late_daysr) as pushes,
        count(case when steps.stepped_on < gone.left_on then steps.late_daysr end) as pushed_before,
        pushed_days(steps.late_daysr) as pushed_days
    from gone
    inner join steps on gone.deal_id = steps.deal_id
    group by gone.deal_id;

-- Their credits in scope, and what became of each by the day: won, lost, removed, still due, due again after it had
-- slipped, due earlier, or slipped out of the period.
create or replace macro due_credits_in_scope(
    viewer, viewing_as, since, day, first_day, last_day, people, modules, lines, channels, only_strategic, counted_as,
    assigned, assigned_day
) as table
    select
        credit.*,
        due.left_on,
        case
            when due.went_on > due.first_due_on and due_became(credit.outcome, credit.close_on, first_day, last_day) = 'still due'
                then 'due again'
            else due_became(credit.outcome, credit.close_on, first_day, last_day)
        end as became
    from credits_in_scope(
        viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
    ) as credit
    inner join due_between(since, day, first_day, last_day) as due on credit.deal_id = due.deal_id;

-- Each change of stage or outcome after the evening of a first day, until the end of a day: from where to where, which
-- way by the places of the stages, and how long the deal had stood there, as stage_ages counts.
-- A stage is '' where none is known; a move out of it or into it goes no known way.
create or replace macro moves_between(since, day) as table
    with placed as (
        select
            place.pipeline, place.stage_name,
            dense_rank() over (partition by place.pipeline order by place.position) as place
        from stages_known() as place
        where place.outcome = 'open'
    ),

    moved as (
        select
            past.deal_id,
            past.valid_from as moved_on,
            earlier.valid_from as held_from,
            earlier.stage_name as old_stage,
            earlier.outcome as old_outcome,
            earlier.stage_entered_on as dated_on,
            case when earlier.outcome = 'open' then coalesce(earlier.stage_name, '') else earlier.outcome end as from_stage,
            case when past.outcome = 'open' then coalesce(past.stage_name, '') else past.outcome end as to_stage,
            from_place.place as from_place,
            to_place.place as to_place,
            case
                when past.outcome <> 'open' then past.outcome
                when earlier.outcome <> 'open' then 'reopened'
                when past.pipeline <> earlier.pipeline then 'not known'
                when to_place.place < from_place.place then 'back'
                when to_place.place = from_place.place + 1 then 'forward'
                when to_place.place > from_place.place then 'skipped'
                else 'not known'
            end as way
        from deal_history(day) as past
        inner join deal_history(day) as earlier on past.deal_id = earlier.deal_id and past.valid_from = earlier.valid_to
        left join placed as from_place
            on earlier.outcome = 'open' and earlier.pipeline = from_place.pipeline and earlier.stage_name = from_place.stage_name
        left join placed as to_place
            on past.outcome = 'open' and past.pipeline = to_place.pipeline and past.stage_name = to_place.stage_name
        where past.valid_from > since
          and (past.outcome <> earlier.outcome or (past.outcome = 'open' and past.stage_name is distinct from earlier.stage_name))
    ),

    traced as (
        select
            moved.deal_id, moved.moved_on,
            max(
                case
                    when past.outcome <> moved.old_outcome or past.stage_name is distinct from moved.old_stage then past.valid_to
                end
            ) as came_on,
            min(past.valid_from) as first_from
        from moved
        inner join deal_history(day) as past on moved.deal_id = past.deal_id and past.valid_from < moved.held_from
        group by moved.deal_id, moved.moved_on
    ),

    entered as (
        select
            moved.deal_id, moved.moved_on, moved.from_stage, moved.to_stage, moved.from_place, moved.to_place, moved.way,
            case
                when moved.from_stage <> '' then coalesce(
                    greatest(case when moved.dated_on <= moved.moved_on then moved.dated_on end, traced.came_on),
                    case when least(moved.held_from, traced.first_from) > span.since_on then least(moved.held_from, traced.first_from) end
                )
            end as entered_on
        from moved
        left join traced on moved.deal_id = traced.deal_id and moved.moved_on = traced.moved_on
        cross join watched(day) as span
    )

    select
        entered.deal_id, entered.moved_on, entered.from_stage, entered.to_stage, entered.from_place, entered.to_place, entered.way,
        case when entered.entered_on is not null then greatest(date_diff('day', entered.entered_on, entered.moved_on), 0) end as days_before
    from entered;

-- What may move between the evenings of two days: every credit on either of them, of the deals that were open on one
-- of them or decided in between. Each says what became of its whole deal, whoever may see it: was and became are the
-- outcomes on the two evenings, empty where nothing is known yet; when it was due and is due or was decided. What was
-- decided on the first evening moves only if it was open again. A first day after the second is the second.
create or replace macro credits_between(opening_day, day, counted_as, assigned, assigned_day) as table
    with either as (
        select true as is_before, credit.*
        from credits_at(least(opening_day, day), counted_as, assigned, assigned_day) as credit

        union all

        select false as is_before, credit.*
        from credits_at(day, counted_as, assigned, assigned_day) as credit
    ),

    lives as (
        select
            either.deal_id,
            max(case when either.is_before then either.outcome end) as was,
            max(case when not either.is_before then either.outcome end) as became,
            max(case when either.is_before then either.close_on end) as was_due_on,
            max(case when not either.is_before then either.close_on end) as is_due_on,
            max(case when not either.is_before and either.outcome in ('won', 'lost') then either.judged_on end) as decided_on
        from either
        group by either.deal_id
    ),

    again as (
        select distinct past.deal_id
        from deal_history(day) as past
        where past.outcome = 'open' and past.valid_from > opening_day
    ),

    moving as (
        select
            lives.deal_id, lives.was, lives.became, lives.was_due_on, lives.is_due_on, lives.decided_on,
            row_number() over (order by lives.deal_id) as deal_number
        from lives
        left join again on lives.deal_id = again.deal_id
        where lives.was = 'open'
           or lives.became = 'open'
           or (lives.decided_on > opening_day and (lives.was is distinct from lives.became or again.deal_id is not null))
    )

    select
        either.is_before, moving.deal_number, either.deal_id, moving.was, moving.became, moving.was_due_on, moving.is_due_on,
        moving.decided_on, either.team_on, either.account_id, either.channel, either.product_line, either.person_id, either.credit_usd
    from either
    inner join moving on either.deal_id = moving.deal_id;

-- The same as the viewer sees it: within sight, of the people chosen, and within all that is chosen. What is not
-- chosen narrows nothing, and its part is empty before anything is read.
create or replace macro sighted_between(
    viewer, viewing_as, opening_day, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    with seen as (
        select credit.*, coalesce(chosen(lines, credit.product_line) and chosen(channels, credit.channel), false) as is_chosen
        from credits_between(opening_day, day, counted_as, assigned, assigned_day) as credit
        semi join seen_by(viewer, viewing_as) as sight
            on credit.person_id = sight.person_id and holds_on(sight.seen_from, sight.seen_to, credit.team_on)
    ),

    theirs as (
        select seen.*
        from seen
        semi join picked(people) as pick
            on seen.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, seen.team_on)
    ),

    placed as (
        select theirs.*
        from theirs
        semi join accounts_picked(modules, only_strategic, least(opening_day, day)) as pick
            on theirs.account_id = pick.account_id and holds_on(pick.picked_from, pick.picked_to, theirs.team_on)
        where theirs.is_before

        union all

        select theirs.*
        from theirs
        semi join accounts_picked(modules, only_strategic, day) as pick
            on theirs.account_id = pick.account_id and holds_on(pick.picked_from, pick.picked_to, theirs.team_on)
        where not theirs.is_before
    )

    select
        seen.*,
        true as is_seen,
        array_length(people::varchar[]) = 0 as is_theirs,
        array_length(people::varchar[]) = 0 and array_length(modules::varchar[]) = 0 and not only_strategic and seen.is_chosen as is_held
    from seen

    union all

    select
        theirs.*,
        false as is_seen,
        true as is_theirs,
        array_length(modules::varchar[]) = 0 and not only_strategic and theirs.is_chosen as is_held
    from theirs
    where array_length(people::varchar[]) > 0

    union all

    select placed.*, false as is_seen, false as is_theirs, placed.is_chosen as is_held
    from placed
    where array_length(modules::varchar[]) > 0 or only_strategic;

-- A part of an amount by what another amount was of its whole, half up to cents; by how many of the parts where those
-- amounts say nothing. In steps, so that no product outgrows 64 bits.
create or replace macro share_of_usd(amount, part, whole, some_parts, all_parts) as
    case
        when part = whole or some_parts = all_parts then amount
        when whole is null or part is null or whole = 0 or part * sign(whole)::bigint < 0 or abs(part) > abs(whole)
            then billionths_of_usd(amount, (some_parts::bigint * 1000000000) // nullif(all_parts::bigint, 0))
        else billionths_of_usd(
            amount,
            (((abs(part) * 100)::bigint // nullif(whole_step(whole), 0)) * 1000000000)
            // nullif((abs(whole) * 100)::bigint // nullif(whole_step(whole), 0), 0)
        )
    end;

create or replace macro whole_step(whole) as
    1 + (abs(whole) * 100)::bigint // 9000000000;

create or replace macro billionths_of_usd(amount, billionths) as
    (
        sign(amount)::bigint
        * (
            ((abs(amount) * 100)::bigint // 1000000000) * billionths
            + (((abs(amount) * 100)::bigint % 1000000000) * billionths + 500000000) // 1000000000
        )
        * 0.01::decimal(3, 2)
    )::decimal(18, 2);

-- Who came into the open pipeline and who left it between the evenings of two days, a row a deal: how it came ('opening'
-- if it was there), how it left ('closing' if it still is), what it was worth on the first evening and at its end.
-- due: only what is due in the period, decided deals by their closing day. usual: due, unless most open deals in sight
-- have no close date on one of the evenings.
create or replace macro pipeline_moves(
    viewer, viewing_as, opening_day, day, first_day, last_day, people, modules, lines, channels, only_strategic, counted_as,
    assigned, assigned_day, pipeline_of
) as table
    with dated as (
        select
            count(case when credit.is_before and credit.was = 'open' then 1 end) as open_before,
            count(case when credit.is_before and credit.was = 'open' then credit.was_due_on end) as dated_before,
            count(case when not credit.is_before and credit.became = 'open' then 1 end) as open_after,
            count(case when not credit.is_before and credit.became = 'open' then credit.is_due_on end) as dated_after
        from credits_between(opening_day, day, counted_as, assigned, assigned_day) as credit
        semi join seen_by(viewer, viewing_as) as sight
            on credit.person_id = sight.person_id and holds_on(sight.seen_from, sight.seen_to, credit.team_on)
        where pipeline_of = 'usual' and case when credit.is_before then credit.was else credit.became end = 'open'
    ),

    rule as (
        select
            pipeline_of = 'whole'
            or 2 * dated.dated_before < dated.open_before
            or 2 * dated.dated_after < dated.open_after as is_whole
        from dated
    ),

    placed as (
        select
            credit.deal_number,
            bool_or(rule.is_whole) as is_whole,
            min(credit.deal_id) as deal_id,
            min(credit.was) as was,
            min(credit.became) as became,
            min(case when credit.became = 'open' then credit.is_due_on else credit.decided_on end) as end_on,
            bool_or(
                credit.was = 'open' and (rule.is_whole or credit.was_due_on between first_day and last_day)
            ) as was_due,
            bool_or(
                credit.became = 'open' and (rule.is_whole or credit.is_due_on between first_day and last_day)
            ) as is_due,
            bool_or(
                credit.became in ('won', 'lost') and (rule.is_whole or credit.decided_on between first_day and last_day)
            ) as is_decided,
            count(case when credit.is_before and credit.is_seen then 1 end) as seen_before,
            count(case when not credit.is_before and credit.is_seen then 1 end) as seen_after,
            count(case when credit.is_before and credit.is_theirs then 1 end) as theirs_before,
            count(case when not credit.is_before and credit.is_theirs then 1 end) as theirs_after,
            count(case when credit.is_before and credit.is_held then 1 end) as held_before,
            count(case when not credit.is_before and credit.is_held then 1 end) as held_after,
            sum(case when credit.is_before and credit.is_seen then credit.credit_usd end)::decimal(18, 2) as seen_before_usd,
            sum(case when not credit.is_before and credit.is_seen then credit.credit_usd end)::decimal(18, 2) as seen_after_usd,
            sum(case when credit.is_before and credit.is_held then credit.credit_usd end)::decimal(18, 2) as held_before_usd,
            sum(case when not credit.is_before and credit.is_held then credit.credit_usd end)::decimal(18, 2) as held_after_usd
        from sighted_between(
            viewer, viewing_as, opening_day, day, people, modules, lines, channels, only_strategic, counted_as,
            assigned, assigned_day
        ) as credit
        cross join rule
        where rule.is_whole
           or (credit.was = 'open' and credit.was_due_on between first_day and last_day)
           or (credit.became = 'open' and credit.is_due_on between first_day and last_day)
           or credit.decided_on between first_day and last_day
        group by credit.deal_number
    ),

    judged as (
        select
            placed.*,
            coalesce(placed.was_due and placed.held_before > 0, false) as was_there,
            coalesce(placed.is_due and placed.held_after > 0, false) as is_there,
            coalesce(placed.is_decided and placed.held_after > 0, false) as has_ended
        from placed
    )

    select
        judged.deal_id,
        judged.is_whole,
        case
            when judged.was_there then 'opening'
            when judged.was is null then 'new'
            when judged.was <> 'open' then 'reopened'
            when judged.held_before = 0 then 'transfer_in'
            else 'pulled_in'
        end as entry,
        case
            when judged.was_there or judged.was is null or judged.was <> 'open' or judged.held_before > 0 then ''
            when judged.theirs_before = 0 then 'owner'
            else 'other'
        end as entry_reason,
        case
            when judged.is_there then 'closing'
            when judged.became is null or judged.became = 'removed' then 'removed'
            when judged.held_after = 0 then 'transfer_out'
            when judged.has_ended then judged.became
            else 'pushed_out'
        end as way_out,
        case
            when judged.is_there or judged.has_ended or judged.became is null or judged.became = 'removed' then ''
            when judged.held_after = 0 and judged.theirs_after = 0 then 'owner'
            when judged.held_after = 0 then 'other'
            when judged.end_on is null then 'undated'
            when judged.end_on > last_day then 'later'
            else 'earlier'
        end as exit_reason,
        case when judged.was_there then judged.held_before_usd end as opened_usd,
        case
            when judged.held_after > 0 then judged.held_after_usd
            when judged.seen_after > 0 then share_of_usd(
                judged.seen_after_usd, judged.held_before_usd, judged.seen_before_usd, judged.held_before, judged.seen_before
            )
            else judged.held_before_usd
        end as ended_usd,
        judged.held_after > 0 as is_held_after
    from judged
    where judged.was_there or judged.is_there or judged.has_ended;

-- The same as bars: what each deal adds to each of them. Exits are negative; a change of the amount is booked before
-- the exit, and only for deals that were there in the opening.
create or replace macro pipeline_bars(
    viewer, viewing_as, opening_day, day, first_day, last_day, people, modules, lines, channels, only_strategic, counted_as,
    assigned, assigned_day, pipeline_of
) as table
    with booked as (
        select
            move.*,
            case step.part
                when 'entry' then move.entry
                when 'exit' then move.way_out
                when 'change' then case
                    when move.entry <> 'opening' then null
                    when coalesce(move.ended_usd, 0) > coalesce(move.opened_usd, 0) then 'increase'
                    when coalesce(move.ended_usd, 0) < coalesce(move.opened_usd, 0) then 'decrease'
                end
                when 'record' then case when move.entry = 'new' and move.way_out = 'won' then 'created_and_won' end
            end as movement,
            case step.part when 'entry' then move.entry_reason when 'exit' then move.exit_reason else '' end as reason,
            (case
                when step.part = 'entry' and move.entry = 'opening' then move.opened_usd
                when step.part = 'change' then coalesce(move.ended_usd, 0) - coalesce(move.opened_usd, 0)
                when step.part = 'exit' and move.way_out <> 'closing' then -move.ended_usd
                else move.ended_usd
            end)::decimal(18, 2) as bar_usd
        from pipeline_moves(
            viewer, viewing_as, opening_day, day, first_day, last_day, people, modules, lines, channels, only_strategic,
            counted_as, assigned, assigned_day, pipeline_of
        ) as move
        cross join (values ('entry'), ('change'), ('exit'), ('record')) as step (part)
    )

    select booked.*
    from booked
    where booked.movement is not null;
