-- The short texts of a column that are not plain, and null for all the longer ones.
select distinct case when length(cell) < 8 then cell end
from (select columns([$column]) as cell from told) as told
where not is_plain(told.cell, $nothings)
limit $most
