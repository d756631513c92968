select table_name, '"' || replace(database_name, '"', '""') || '"."' || schema_name || '"."' || table_name || '"'
from duckdb_tables()
where database_name = $database and not temporary
order by table_name
