-- question: Which files have been imported, and which of them can be taken back?
-- grain: batch_id
-- columns:
--   batch_id        text
--   entity          text
--   file_name       text
--   exported_on     date
--   extent          text
--   imported_on     date
--   actor           text
--   is_undone       flag
--   can_undo        flag    it still stands
--   rows_good       count
--   new_rows        count
--   changed_rows    count

select
    batch.batch_id,
    batch.entity,
    batch.file_name,
    batch.exported_on,
    batch.extent,
    batch.committed_at::date as imported_on,
    batch.actor,
    batch.undone_at is not null as is_undone,
    batch.undone_at is null as can_undo,
    batch.rows_good,
    batch.new_rows,
    batch.changed_rows
from import_batch as batch
where $viewer_role in ('owner', 'operations', 'director', 'area_director')
order by batch.committed_at desc, batch.batch_id
