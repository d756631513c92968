-- Whose coaching a viewer sees, and what the deals say of how somebody sells. Only here.

-- Whose coaching a viewer sees on a day, and whether they lead it: drafts and what is not shared are seen by who leads
-- alone. What is written of somebody is asked with today, whatever day the page looks at: whoever led them once reads no more of it. A director leads everybody below, an area director the directors; sales operations see none of it.
create or replace macro coached_by(viewer, viewing_as, day) as table
    select member.person_id, true as is_led, false as is_self
    from person as member
    where member.superseded_at is null and viewing_as = 'owner'

    union all

    select
        path.person_id,
        (viewing_as = 'director' and path.depth > 0) or (viewing_as = 'area_director' and path.depth = 1) as is_led,
        path.depth = 0 as is_self
    from report_paths() as path
    where path.ancestor_id = viewer and holds_on(path.valid_from, path.valid_to, day)
      and (viewing_as in ('director', 'area_director') or (viewing_as = 'executive' and path.depth = 0));

-- Those of them who are chosen, and those below them.
create or replace macro coached_in_scope(viewer, viewing_as, day, people) as table
    select seen.person_id, member.person_name, seen.is_led, seen.is_self
    from coached_by(viewer, viewing_as, day) as seen
    inner join person as member on seen.person_id = member.person_id and member.superseded_at is null and member.kind = 'person'
    semi join picked(people) as pick
        on seen.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, day);

-- The open stage that shows how proposals are made, and the first that shows how deals are closed: as the stages say
-- themselves, else the last but one and the last.
create or replace macro skill_stages() as table
    with placed as (
        select
            place.pipeline, place.position, lower(place.skill) as skill,
            dense_rank() over (partition by place.pipeline order by place.position desc) as from_the_end,
            count(place.skill) over (partition by place.pipeline) as told
        from stage as place
        where place.superseded_at is null and place.outcome = 'open'
    )

    select
        placed.pipeline,
        max(case when (placed.told > 0 and placed.skill = 'proposal creation') or (placed.told = 0 and placed.from_the_end = 2) then placed.position end) as proposal_position,
        min(case when (placed.told > 0 and placed.skill = 'closing') or (placed.told = 0 and placed.from_the_end = 1) then placed.position end) as late_position
    from placed
    group by placed.pipeline;

-- When each deal was first due, and the last day of that quarter.
create or replace macro first_due_at(day) as table
    with began as (
        select past.deal_id, min(past.valid_from) as since_on
        from deal_history(day) as past
        where past.close_on is not null
        group by past.deal_id
    ),

    named as (
        select past.deal_id, min(past.close_on) as first_due_on
        from deal_history(day) as past
        inner join began on past.deal_id = began.deal_id and past.valid_from = began.since_on
        group by past.deal_id
    )

    select named.deal_id, named.first_due_on, span.to_on as quarter_to_on
    from named
    inner join spans() as span on span.span_id = 'quarter' and named.first_due_on between span.from_on and span.to_on;

-- How long each deal stood at the stage of its proposal, where it has left it.
create or replace macro proposal_stays(day) as table
    with stood as (
        select
            past.deal_id, coalesce(min(past.stage_entered_on), min(past.valid_from)) as entered_on, max(past.valid_to) as left_on
        from deal_history(day) as past
        inner join skill_stages() as skilled on past.pipeline = skilled.pipeline
        inner join stages_known() as place
            on past.pipeline = place.pipeline and past.stage_name = place.stage_name and place.position = skilled.proposal_position
        where past.outcome = 'open'
        group by past.deal_id
    )

    select stood.deal_id, greatest(date_diff('day', stood.entered_on, stood.left_on), 0) as proposal_days
    from stood
    where stood.left_on <= day;

-- What a deal was sold for, and what the list asked for the same lines, where every line says it.
create or replace macro listed_at(day) as table
    with summed as (
        select
            line.deal_id, count(*) as parts, count(line.list_usd) as listed,
            sum(line.amount_usd)::decimal(18, 2) as sold_usd, sum(line.list_usd)::decimal(18, 2) as list_usd
        from deal_line as line
        where line.superseded_at is null and holds_on(line.valid_from, line.valid_to, day)
        group by line.deal_id
    )

    select summed.deal_id, summed.sold_usd, summed.list_usd
    from summed
    where summed.parts = summed.listed and summed.list_usd > 0;

-- One row a deal and person credited: what was created, decided, due or first due between two days.
create or replace macro coached_deals(
    viewer, viewing_as, day, first_day, last_day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    with credit as (
        select
            found.deal_id, found.person_id, found.deal_name, found.account_id, found.outcome, found.pipeline, found.stage_name,
            found.created_on, found.judged_on, found.close_on,
            sum(found.credit_usd)::decimal(18, 2) as credit_usd,
            count(distinct found.product_line) as product_lines
        from credits_in_scope(
            viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as found
        where found.outcome <> 'removed'
        group by
            found.deal_id, found.person_id, found.deal_name, found.account_id, found.outcome, found.pipeline, found.stage_name,
            found.created_on, found.judged_on, found.close_on
    )

    select
        credit.*,
        credit.outcome in ('won', 'lost') and credit.judged_on between first_day and last_day as is_decided,
        credit.created_on between first_day and last_day as is_created,
        case when credit.outcome = 'won' and credit.created_on <= credit.judged_on then date_diff('day', credit.created_on, credit.judged_on) end as cycle_days,
        due.first_due_on,
        coalesce(due.quarter_to_on between first_day and least(last_day, day), false) as is_due,
        coalesce(due.quarter_to_on between first_day and least(last_day, day), false)
        and not (credit.outcome in ('won', 'lost') and credit.judged_on <= due.quarter_to_on) as is_slipped,
        case when credit.outcome in ('won', 'lost') then greatest(date_diff('day', due.first_due_on, credit.judged_on), 0) end as late_days,
        past.furthest >= skilled.proposal_position as is_proposed,
        credit.outcome = 'won' or past.furthest > skilled.proposal_position as is_past_proposal,
        past.furthest >= skilled.late_position as is_late_stage,
        stay.proposal_days,
        asked.sold_usd,
        asked.list_usd
    from credit
    left join first_due_at(day) as due on credit.deal_id = due.deal_id
    left join furthest_at(day) as past on credit.deal_id = past.deal_id and credit.pipeline = past.pipeline
    left join skill_stages() as skilled on credit.pipeline = skilled.pipeline
    left join proposal_stays(day) as stay on credit.deal_id = stay.deal_id
    left join listed_at(day) as asked on credit.deal_id = asked.deal_id;
