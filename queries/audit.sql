-- question: Who changed what, and when?
-- grain: audit_id
-- columns:
--   audit_id         text
--   happened_utc     text     to the second, in UTC
--   actor            text     a person's id, or the role of whoever has none
--   command          text     the change, as the program names it
--   payload          text     its ids and values, as JSON
--   entries_in_all   count    rows of the whole answer, whichever page is shown

select
    entry.audit_id::varchar as audit_id,
    strftime(entry.happened_at, '%Y-%m-%d %H:%M:%S') as happened_utc,
    entry.actor,
    entry.command,
    entry.payload::varchar as payload,
    count(*) over () as entries_in_all
from audit_log as entry
where (
      $viewer_role = 'owner'
      or ($viewer_role = 'operations' and entry.command not like 'Plan%' and entry.command not like 'Coach%')
      or (
          $viewer_role in ('executive', 'director', 'area_director', 'operations')
          and $viewer_id not in ('', 'owner')
          and entry.actor = $viewer_id
      )
  )
  and (
      contains(lower(entry.command), replace(lower($search), ' ', ''))
      or contains(lower(entry.actor), lower($search))
      or contains(lower(entry.payload::varchar), lower($search))
  )
order by entry.audit_id desc
limit $rows_shown offset $rows_before
