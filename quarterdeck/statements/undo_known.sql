-- The entry that took a change back, if one did.
select entry.audit_id, entry.happened_at, entry.actor
from audit_log as entry
where entry.command = 'UndoChange' and (entry.payload ->> 'audit_id')::bigint = $audit_id
order by entry.audit_id desc
