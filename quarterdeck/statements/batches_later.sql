-- The newer imports of a kind that stand, newest first, with what was said of each when it came in.
select batch_id, file_name, committed_at, sha256, exported_on, extent, (report -> 'said')::varchar as said
from import_batch
where entity = $entity and committed_at > $committed_at and undone_at is null
order by committed_at desc
