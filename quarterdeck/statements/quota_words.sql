-- The periods a file of quotas names, and the amounts below zero.
select row.line, row.period, case when row.quota < 0 then row.quota end as below_zero
from read_parquet($path) as row
order by row.line
