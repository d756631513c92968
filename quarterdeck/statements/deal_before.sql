-- The newest day that anything is known of, the newest full export's before the arriving one, and another export of
-- the same day.
select
    greatest(
        (select max(batch.exported_on) from import_batch as batch where batch.entity = 'deal' and batch.undone_at is null),
        (select max(event.happened_at)::date from deal_event as event where event.superseded_at is null)
    ),
    (
        select max(batch.exported_on)
        from import_batch as batch
        where batch.entity = 'deal' and batch.undone_at is null and batch.extent = 'full' and batch.exported_on < $exported_on
    ),
    (
        select arg_max(batch.file_name, batch.committed_at)
        from import_batch as batch
        where batch.entity = 'deal' and batch.undone_at is null and batch.exported_on = $exported_on
    )
