insert into meaning select $field, unnest($cells::varchar[]), unnest($means::varchar[])
