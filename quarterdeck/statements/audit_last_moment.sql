select max(happened_at) from audit_log
