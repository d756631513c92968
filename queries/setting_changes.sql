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
        'AddPerson', 'ChangePerson', 'ChangeReportingCurrency', 'ChangeSetting', 'CreateModule', 'MergeModules', 'MergePeople',
        'MoveAccounts', 'OneModuleEach', 'PublishRealignment', 'RenameModule', 'SetCapacity', 'SetCredit', 'SetDayOff',
        'SetFiscalYear', 'SetHolidays', 'SetManager', 'SetModuleOwner', 'SetObjective', 'SetQuota', 'SetQuotaMonths',
        'SetRate', 'SetRole', 'SetStage', 'SplitModule', 'UndoChange'
    )
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
where $viewer_role in ('owner', 'operations', 'area_director')
   or changed.person_id in (
       select member.person_id
       from people_in_scope($viewer_id, $viewer_role, $as_of, $person_ids) as member
       where $viewer_role = 'director'
   )
   -- What a director changed of modules: it may name nobody.
   or (
       $viewer_role = 'director'
       and changed.actor = $viewer_id
       and changed.command in (
           'CreateModule', 'MergeModules', 'MoveAccounts', 'OneModuleEach', 'RenameModule', 'SetModuleOwner', 'SplitModule'
       )
   )
order by changed.audit_id desc
