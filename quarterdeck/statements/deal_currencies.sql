select count(distinct upper(row.currency)), min(upper(row.currency))
from read_parquet($path) as row
where row.currency is not null
