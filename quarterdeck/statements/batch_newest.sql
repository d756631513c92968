select max(exported_on) from import_batch where entity = $entity and undone_at is null
