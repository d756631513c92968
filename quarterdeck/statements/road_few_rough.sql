-- The same as road_rough for a column of few texts, each of them looked at once.
select distinct case when length(once.cell) < 8 then once.cell end
from once
where once.field = $column and not is_plain(once.cell, $nothings)
limit $most
