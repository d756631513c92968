update setting set superseded_at = $at where superseded_at is null and name = $name;
insert into setting (name, value, batch_id, recorded_at) values ($name, $value, $batch_id, $at)
