insert into import_batch (
    batch_id, entity, file_name, sha256, size_bytes, exported_on, extent, actor, rows_good, new_rows, changed_rows,
    committed_at, report, carried
) values (
    $batch_id, $entity, $file_name, $sha256, $size_bytes, $exported_on, $extent, $actor, $rows_good, $new_rows,
    $changed_rows, $at, $report::json, $carried
)
