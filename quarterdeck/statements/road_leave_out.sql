delete from told where rowid in (select unnest($places::bigint[]))
