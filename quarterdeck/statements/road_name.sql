insert into naming select $field, unnest($names::varchar[]), unnest($keys::varchar[]), unnest($refs::varchar[])
