select entity, file_name, committed_at, undone_at, report::varchar from import_batch where batch_id = $batch_id
