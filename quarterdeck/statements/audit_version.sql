select coalesce(max(audit_id), 0) from audit_log
