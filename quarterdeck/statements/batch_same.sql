-- The standing import of the same bytes: for the given export date, or for any where none was given.
select batch_id, committed_at, report::varchar
from import_batch
where sha256 = $sha256 and entity = $entity and undone_at is null
  and ($exported_on::date is null or exported_on = $exported_on::date)
order by committed_at
limit 1
