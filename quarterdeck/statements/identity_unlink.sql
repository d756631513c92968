update identity set superseded_at = $at where superseded_at is null and person_id = $person_id
