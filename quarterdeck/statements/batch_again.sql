-- An import that was taken back for the sake of an older one stands again, at the moment it was written anew.
update import_batch set undone_at = null, committed_at = $at where batch_id = $batch_id
