-- question: What was changed by hand, by whom and when?
-- grain: audit_id
-- columns:
--   audit_id      count
--   happened_on   date
--   happened_at   text     UTC, to the minute
--   actor         text
--   command       text
--   payload       text     the command's values as JSON
--   undoes_id     count?   the entry that this one takes back

with changed as (
    select
        entry.audit_id,
        entry.happened_at,
        entry.actor,
        entry.command,
        entry.payload::varchar as payload,
        coalesce(entry.payload::varchar ->> '$.person_id', entry.payload::varchar ->> '$.people[0]') as person_id,
        case when entry.command = 'UndoChange' then (entry.payload::varchar ->> '$.audit_id')::bigint end as undoes_id
    from audit_log as entry
    where entry.command in (
        'AddPerson', 'ChangePerson', 'ChangeReportingCurrency', 'ChangeSetting', 'CreateModule', 'LogActivity', 'MergeModules',
        'MergePeople', 'MoveAccounts', 'OneModuleEach', 'PublishRealignment', 'RenameModule', 'SetCapacity', 'SetCredit', 'SetDayOff',
        'SetFiscalYear', 'SetHolidays', 'SetManager', 'SetModuleOwner', 'SetObjective', 'SetQuota', 'SetQuotaMonths',
        'SetRate', 'SetRole', 'SetStage', 'SplitModule', 'UndoChange'
    )
),

member as (
    select seen.person_id
    from people_in_scope($viewer_id, $viewer_role, $as_of, $person_ids) as seen
),

-- What names somebody out of sight, or a module of theirs, is not told to who sees a team or an area.
hidden as (
    select known.person_id as thing_id
    from person as known
    where known.superseded_at is null and known.person_id not in (select member.person_id from member)

    union all

    select known.person_name as thing_id
    from person as known
    where known.superseded_at is null and known.person_id not in (select member.person_id from member)

    union all

    select book.module_id as thing_id
    from books_on($as_of) as book
    where book.person_id not in (select member.person_id from member)
),

named as (
    select distinct changed.audit_id
    from changed
    inner join hidden on contains(changed.payload, concat('"', hidden.thing_id, '"'))
    where $viewer_role in ('area_director', 'director')
)

select
    changed.audit_id,
    changed.happened_at::date as happened_on,
    substr(changed.happened_at::varchar, 1, 16) as happened_at,
    changed.actor,
    changed.command,
    changed.payload,
    changed.undoes_id
from changed
where $viewer_role in ('owner', 'operations')
   or (
       $viewer_role in ('area_director', 'director')
       and changed.audit_id not in (select named.audit_id from named)
       and (
           changed.person_id in (select member.person_id from member)
           or ($viewer_role = 'area_director' and changed.person_id is null)
       )
   )
   -- What one changed oneself: it may name nobody.
   or (
       $viewer_role in ('area_director', 'director')
       and changed.actor = $viewer_id
       and changed.command in (
           'AddPerson', 'CreateModule', 'MergeModules', 'MoveAccounts', 'OneModuleEach', 'RenameModule', 'SetModuleOwner',
           'SplitModule'
       )
   )
order by changed.audit_id desc
