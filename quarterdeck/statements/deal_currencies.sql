select count(distinct upper(row.currency)), min(upper(row.currency))
from read_parquet($paths, union_by_name = true) as row
where row.currency is not null
