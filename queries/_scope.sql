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

-- The only way from deals to people: all to the owner of the deal's judged day, unless split.
-- Splits are cut to whole cents; the cents left over go to the largest remainders.
create or replace macro credits_at(day, counted_as) as table
    with parts as (
        select
            line.deal_id, line.deal_name, line.account_id, line.stage_name, line.pipeline, line.outcome,
            line.forecast_category, line.created_on, line.stage_entered_on, line.close_on, line.closed_on,
            line.judged_on, line.channel, line.next_step, line.loss_reason, line.line_name, line.line_usd,
            split.person_id as with_id,
            (line.line_usd * 100)::bigint as cents,
            (split.share * 1000000)::bigint as millionths
        from lines_at(day, counted_as) as line
        inner join deal_credit as split
            on line.deal_id = split.deal_id
            and split.superseded_at is null
            and holds_on(split.valid_from, split.valid_to, line.judged_on)
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
        line.credited_id as person_id, 1::double as share, line.line_usd as deal_usd, line.line_usd as credit_usd
    from lines_at(day, counted_as) as line
    anti join deal_credit as split
        on line.deal_id = split.deal_id
        and split.superseded_at is null
        and holds_on(split.valid_from, split.valid_to, line.judged_on)

    union all

    select
        deal_id, deal_name, account_id, stage_name, pipeline, outcome,
        forecast_category, created_on, stage_entered_on, close_on, closed_on,
        judged_on, channel, next_step, loss_reason, line_name as product_line,
        with_id as person_id, millionths::double / 1000000::double as share, line_usd as deal_usd,
        ((whole_cents + case when place <= left_cents then sign(cents)::bigint else 0 end) * 0.01::decimal(3, 2))::decimal(18, 2) as credit_usd
    from ranked;

-- Quotas as known on a day, by month.
create or replace macro quotas_at(day) as table
    select
        quota.person_id, quota.month_on, quota.product_line, quota.basis, quota.quota_usd,
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

-- Credits of the people whom the viewer may see and asked for: decided deals by the closing day's team, open ones
-- by the day's.
create or replace macro credits_of(viewer, viewing_as, day, people, lines, channels, counted_as) as table
    select credit.*
    from credits_at(day, counted_as) as credit
    semi join seen_by(viewer, viewing_as) as seen
        on credit.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, credit.judged_on)
    semi join picked(people) as pick
        on credit.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, credit.judged_on)
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
create or replace macro credits_in_scope(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as
) as table
    select credit.*
    from credits_of(viewer, viewing_as, day, people, lines, channels, counted_as) as credit
    where array_length(modules::varchar[]) = 0 and not only_strategic

    union all

    select credit.*
    from credits_of(viewer, viewing_as, day, people, lines, channels, counted_as) as credit
    semi join accounts_picked(modules, only_strategic, day) as pick
        on credit.account_id = pick.account_id and holds_on(pick.picked_from, pick.picked_to, credit.judged_on)
    where array_length(modules::varchar[]) > 0 or only_strategic;

-- Every state of each deal until the end of a day.
create or replace macro deal_history(day) as table
    select version.deal_id, version.stage_name, version.pipeline, version.outcome, version.stage_entered_on, version.valid_from, version.valid_to
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
    viewer, viewing_as, day, first_day, last_day, people, modules, lines, channels, only_strategic, counted_as
) as table
    with usual as (
        select known.stage_name, known.won_behind, known.typical_days
        from stage_limits_in_scope(viewer, viewing_as, day) as known
    ),

    dated as (
        select
            credit.*,
            due_by(credit.close_on, day, first_day, last_day) as due
        from credits_in_scope(viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as) as credit
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

-- The same for quotas, by the team of each month's last day, or of the day before that comes.
-- A month that the period cuts counts by its days, in whole cents.
create or replace macro quotas_in_scope(viewer, viewing_as, day, first_day, last_day, people, lines, counted_as) as table
    with goal as (
        select
            quota.person_id,
            quota.product_line,
            least(quota.to_on, day) as judged_on,
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
        goal.product_line,
        goal.judged_on,
        (((2 * goal.cents * goal.days + goal.days_in_month) // nullif(2 * goal.days_in_month, 0)) * 0.01::decimal(3, 2))::decimal(18, 2) as quota_usd
    from goal
    semi join seen_by(viewer, viewing_as) as seen
        on goal.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, goal.judged_on)
    semi join picked(people) as pick
        on goal.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, goal.judged_on);

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
