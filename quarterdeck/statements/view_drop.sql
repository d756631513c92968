update saved_view set superseded_at = $at where superseded_at is null and owner_id = $owner_id and view_id = $view_id
