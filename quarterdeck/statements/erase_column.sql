-- A name within a text becomes another, whatever its case.
update some_table set some_column = regexp_replace(some_column::varchar, $pattern, $instead, 'gi')::some_type
where regexp_matches(some_column::varchar, $pattern, 'i')
