-- The entry of the audit that logged this activity, if it is logged.
select max(entry.audit_id)
from audit_log as entry
where entry.command = 'LogActivity' and entry.payload ->> 'activity_id' = $activity_id
