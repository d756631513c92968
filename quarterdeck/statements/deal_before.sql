-- The newest day that anything is known of, and the newest full export's before the arriving one.
select
    greatest(
        (select max(batch.exported_on) from import_batch as batch where batch.entity = 'deal' and batch.undone_at is null),
        (select max(event.happened_at)::date from deal_event as event where event.superseded_at is null)
    ),
    (
        select max(batch.exported_on)
        from import_batch as batch
        where batch.entity = 'deal' and batch.undone_at is null and batch.extent = 'full' and batch.exported_on < $exported_on
    )
