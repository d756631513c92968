select entry.audit_id, entry.happened_at, entry.actor, entry.command, entry.payload
from audit_log as entry
where entry.audit_id = $audit_id
