-- The version of the data: the last change of it. What is only planned changes nothing that another page shows, nor does who signs out
-- or keeps a view, nor what is coached.
select coalesce(max(audit_id), 0) from audit_log
where command not like 'Plan%' and command not like 'Coach%' and command not in ('SignOut', 'KeepView', 'DropView')
