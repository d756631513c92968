-- The periods a file of quotas names.
select row.line, row.period from read_parquet($path) as row order by row.line
