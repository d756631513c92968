-- question: What changed since a realignment was built?
-- grain: kind, thing_id
-- columns:
--   kind           text    moved on (held by somebody else now), left (would get accounts, but leaves), file, by hand
--   thing_id       text
--   thing_name     text?
--   was            text?   as the realignment saw it
--   now            text?

with plan as (
    select known.*
    from plans_in_scope($viewer_id, $viewer_role, $assigned_on) as known
    where known.scenario_id = $scenario_id
),

move as (
    select known.kind, known.thing_id, known.target_id, known.from_id, plan.effective_on
    from scenario_move as known
    inner join plan on known.scenario_id = plan.scenario_id
    where known.superseded_at is null
),

listed as (
    select 'moved on' as kind, move.thing_id, account.account_name as thing_name, was.person_name as was, now.person_name as now
    from move
    inner join holdings_on($assigned_on) as held on move.thing_id = held.account_id
    inner join accounts_at($as_of) as account on held.account_id = account.account_id
    left join person as was on move.from_id = was.person_id and was.superseded_at is null
    left join person as now on held.person_id = now.person_id and now.superseded_at is null
    where move.kind <> 'module' and held.person_id <> move.from_id

    union all

    select 'moved on' as kind, move.thing_id, book.module_name as thing_name, was.person_name as was, now.person_name as now
    from move
    inner join module as book on move.thing_id = book.module_id and book.superseded_at is null
    left join books_on($assigned_on) as owned on move.thing_id = owned.module_id
    left join person as was on move.from_id = was.person_id and was.superseded_at is null
    left join person as now on owned.person_id = now.person_id and now.superseded_at is null
    where move.kind = 'module' and coalesce(owned.person_id, '') <> move.from_id

    union all

    select 'left' as kind, gone.person_id as thing_id, min(gone.person_name) as thing_name, null as was, min(gone.left_on)::varchar as now
    from plans_made($assigned_on) as made
    inner join plan on made.scenario_id = plan.scenario_id
    inner join person as gone on made.person_id = gone.person_id and gone.superseded_at is null and gone.left_on < plan.effective_on
    group by gone.person_id

    union all

    select 'file' as kind, entry.audit_id::varchar as thing_id, entry.payload::varchar ->> '$.file_name' as thing_name, entry.actor as was, entry.happened_at::date::varchar as now
    from plan
    inner join audit_log as entry on entry.audit_id > plan.built_version and entry.command in ('ImportFile', 'ImportAgain', 'UndoImport')

    union all

    select 'by hand' as kind, entry.audit_id::varchar as thing_id, entry.command as thing_name, entry.actor as was, entry.happened_at::date::varchar as now
    from plan
    inner join audit_log as entry
        on entry.audit_id > plan.built_version
        and entry.command not like 'Plan%' and entry.command not like 'Coach%'
        and entry.command not in ('ImportFile', 'ImportAgain', 'UndoImport', 'SignOut', 'KeepView', 'DropView')
    where $viewer_role = 'owner'
       or (
           $viewer_role = 'area_director'
           and entry.actor in (
               select member.person_id
               from people_in_scope($viewer_id, $viewer_role, $assigned_on, []::varchar[]) as member
           )
       )
)

select listed.kind, listed.thing_id, listed.thing_name, listed.was, listed.now
from listed
order by listed.kind, listed.thing_id
