-- Records that are no rows go, and with them what was counted of all.
delete from once;

delete from told where rowid in (select unnest($places::bigint[]))
