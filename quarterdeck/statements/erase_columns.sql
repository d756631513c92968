-- Every column that may hold a text, in every table.
select '"' || table_name || '"', '"' || column_name || '"', data_type
from duckdb_columns()
where database_name = current_database() and not internal and data_type in ('VARCHAR', 'JSON')
  and table_name not in ('migration', 'definition')
order by table_name, column_name
