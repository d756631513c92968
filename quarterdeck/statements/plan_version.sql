-- The last change of all, what is only planned with it.
select coalesce(max(audit_id), 0) from audit_log
