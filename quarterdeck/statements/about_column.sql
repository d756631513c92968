-- The current rows of a table in which one column is somebody.
select * from some_table where some_column::varchar = $person_id
