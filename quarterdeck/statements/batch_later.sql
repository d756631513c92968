select file_name, batch_id
from import_batch
where entity = $entity and committed_at > $committed_at and undone_at is null
order by committed_at desc
limit 1
