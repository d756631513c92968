-- What was done, with whom, and since when nothing was. Only here.

-- The kind that a file's word for an activity means.
create or replace macro activity_kind(said) as
    case
        when lower(said) like '%exec%' then 'executive contact'
        when lower(said) like '%visit%' then 'site visit'
        when lower(said) like '%propos%' or lower(said) like '%quot%' or lower(said) like '%offer%' then 'proposal'
        when lower(said) like '%mail%' then 'mail'
        when lower(said) like '%meet%' or lower(said) like '%demo%' or lower(said) like '%workshop%' or lower(said) like '%present%' then 'meeting'
        when lower(said) like '%call%' or lower(said) like '%phone%' then 'call'
        else 'other'
    end;

-- Whether people met in it: what is on site, a meeting, and whatever an executive took part in.
create or replace macro is_meeting(said) as
    activity_kind(said) in ('meeting', 'site visit', 'executive contact');

-- A title between spaces, so that a word is found and no part of one.
create or replace macro spaced(said) as
    concat(' ', replace(replace(replace(lower(coalesce(said, '')), ',', ' '), '-', ' '), '/', ' '), ' ');

-- Whether a contact is an executive: by title, or where a file calls the influence so.
create or replace macro is_executive(title, weight) as
    spaced(title) like '% chief %' or spaced(title) like '% president %' or spaced(title) like '% executive %'
    or spaced(title) like '% ceo %' or spaced(title) like '% cfo %' or spaced(title) like '% cio %' or spaced(title) like '% cto %'
    or spaced(title) like '% coo %' or spaced(title) like '% cso %' or spaced(title) like '% ciso %' or spaced(title) like '% cro %'
    or spaced(title) like '% vp %' or spaced(title) like '% svp %' or spaced(title) like '% evp %'
    or spaced(title) like '% owner %' or spaced(title) like '% founder %' or spaced(title) like '% managing director %'
    or spaced(title) like '% general manager %' or spaced(weight) like '% executive %';

-- What the people whom the viewer may see did until the evening of a day: by the team of the day on which it was done, or, with the
-- assignments of another day, of that one. Product lines and channels do not narrow it: they belong to deals.
create or replace macro activities_in_scope(viewer, viewing_as, day, people, modules, only_strategic, assigned, assigned_day) as table
    with done as (
        select
            act.activity_id, coalesce(act.person_id, '') as person_id, act.kind, act.account_id, act.deal_id,
            act.happened_at::date as happened_on, act.outcome,
            case when assigned = 'as_is' then assigned_day else act.happened_at::date end as team_on
        from activity as act
        where act.superseded_at is null and act.happened_at::date <= day
    ),

    sighted as (
        select done.*
        from done
        semi join seen_by(viewer, viewing_as) as seen
            on done.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, done.team_on)
        semi join picked(people) as pick
            on done.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, done.team_on)
    )

    select sighted.*
    from sighted
    where array_length(modules::varchar[]) = 0 and not only_strategic

    union all

    select sighted.*
    from sighted
    semi join accounts_picked(modules, only_strategic, day) as pick
        on sighted.account_id = pick.account_id and holds_on(pick.picked_from, pick.picked_to, sighted.team_on)
    where array_length(modules::varchar[]) > 0 or only_strategic;

-- Everything that anyone did with an account or on a deal until the evening of a day; what names only a deal was done with its account.
create or replace macro touches_at(day) as table
    with deal_account as (
        select version.deal_id, version.account_id
        from deal_version as version
        where version.superseded_at is null and holds_on(version.valid_from, version.valid_to, day)
    )

    select
        act.activity_id, coalesce(act.account_id, deal_account.account_id) as account_id, act.deal_id,
        act.happened_at::date as touched_on, act.kind, act.subject
    from activity as act
    left join deal_account on act.deal_id = deal_account.deal_id
    where act.superseded_at is null and act.happened_at::date <= day;

-- The activities with an account that nobody had spoken to in the half year before.
create or replace macro opened_at(day) as table
    with touched as (
        select
            touch.activity_id, touch.touched_on,
            lag(touch.touched_on) over (partition by touch.account_id order by touch.touched_on, touch.activity_id) as before_on
        from touches_at(day) as touch
        where touch.account_id is not null
    )

    select touched.activity_id
    from touched
    where touched.before_on is null or date_diff('day', touched.before_on, touched.touched_on) > 182;

-- After how many days without any activity an account or a deal is quiet: sooner where the account is strategic.
create or replace macro quiet_limits() as table
    select
        coalesce(max(case when known.name = 'quiet_strategic' then known.number end), 30) as strategic_days,
        coalesce(max(case when known.name = 'quiet_other' then known.number end), 60) as other_days
    from settled_numbers() as known;

-- Whether nothing was done for so many days: counted from the last activity, or from the day on which there was a reason
-- for one, where that is later.
create or replace macro is_quiet(touched, since, day, quiet_limit) as
    greatest(touched, since) is null or date_diff('day', greatest(touched, since), day) >= quiet_limit;

-- The open deals in sight, one row for each person credited, with what was done on them and with their account. An account is
-- quiet from the day on which the oldest of its open deals was created, at the soonest.
create or replace macro tended_in_scope(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    with credited as (
        select
            credit.deal_id, credit.person_id,
            min(credit.deal_name) as deal_name, min(credit.account_id) as account_id, min(credit.stage_name) as stage_name,
            min(credit.created_on) as created_on, min(credit.close_on) as close_on, min(credit.next_step) as next_step,
            sum(credit.credit_usd)::decimal(18, 2) as open_usd
        from credits_in_scope(
            viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as credit
        where credit.outcome = 'open'
        group by credit.deal_id, credit.person_id
    ),

    on_deal as (
        select touch.deal_id, max(touch.touched_on) as touched_on
        from touches_at(day) as touch
        group by touch.deal_id
    ),

    at_account as (
        select touch.account_id, max(touch.touched_on) as touched_on
        from touches_at(day) as touch
        group by touch.account_id
    ),

    told as (
        select
            credited.*, account.account_name, coalesce(account.is_strategic, false) as is_strategic,
            on_deal.touched_on as deal_on, at_account.touched_on as account_on,
            min(credited.created_on) over (partition by credited.account_id) as first_on,
            case when account.is_strategic then within_days.strategic_days else within_days.other_days end as quiet_limit
        from credited
        cross join quiet_limits() as within_days
        left join accounts_at(day) as account on credited.account_id = account.account_id
        left join on_deal on credited.deal_id = on_deal.deal_id
        left join at_account on credited.account_id = at_account.account_id
    )

    select
        told.deal_id, told.person_id, told.deal_name, told.account_id, told.account_name, told.stage_name, told.created_on,
        told.close_on, told.next_step, told.open_usd, told.is_strategic, told.deal_on, told.account_on, told.quiet_limit,
        is_quiet(told.deal_on, told.created_on, day, told.quiet_limit) as is_quiet,
        told.account_id is not null and is_quiet(told.account_on, told.first_on, day, told.quiet_limit) as is_account_quiet,
        trim(coalesce(told.next_step, '')) = '' as is_stepless,
        coalesce(told.close_on < day, false) as is_overdue
    from told;

-- The accounts in sight that have something installed or are strategic, with the contact kept in 180 days: on how many days there was
-- any, and when an executive was last met: by an activity of that kind, or by one whose subject names an executive known there.
create or replace macro kept_in_scope(viewer, viewing_as, day, people, modules, lines, only_strategic, assigned_day) as table
    with installed as (
        select service.account_id, count(*) as services, installed_mrr_usd(service.mrr_usd) as mrr_usd
        from installed_on(day) as service
        where chosen(lines, service.product_line)
        group by service.account_id
    ),

    executive as (
        select known.account_id, known.contact_id, known.contact_name
        from contact as known
        where known.superseded_at is null and known.account_id is not null and is_executive(known.role, known.influence)
    ),

    acquainted as (
        select executive.account_id, count(*) as executives
        from executive
        group by executive.account_id
    ),

    recent as (
        select touch.account_id, touch.touched_on, touch.kind, touch.subject
        from touches_at(day) as touch
        where touch.touched_on > (day - interval 180 day)::date
    ),

    contacted as (
        select recent.account_id, count(distinct recent.touched_on) as contact_days, max(recent.touched_on) as touched_on
        from recent
        group by recent.account_id
    ),

    met as (
        select recent.account_id, max(recent.touched_on) as executive_on
        from recent
        left join executive on recent.account_id = executive.account_id
        where activity_kind(recent.kind) = 'executive contact'
           or (length(executive.contact_name) > 3 and holds_text(recent.subject, executive.contact_name))
        group by recent.account_id
    )

    select
        held.account_id, account.account_name, held.person_id, coalesce(account.is_strategic, false) as is_strategic,
        installed.services is not null as is_customer,
        coalesce(installed.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
        coalesce(contacted.contact_days, 0) as contact_days, contacted.touched_on,
        met.executive_on, coalesce(acquainted.executives, 0) as executives
    from holdings_in_scope(viewer, viewing_as, assigned_day, people, modules, only_strategic) as held
    inner join accounts_at(day) as account on held.account_id = account.account_id
    left join installed on held.account_id = installed.account_id
    left join contacted on held.account_id = contacted.account_id
    left join met on held.account_id = met.account_id
    left join acquainted on held.account_id = acquainted.account_id
    where installed.services is not null or account.is_strategic;
