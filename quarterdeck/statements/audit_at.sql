select entry.audit_id, entry.happened_at, entry.actor, entry.command
from audit_log as entry
where entry.happened_at = $moment
