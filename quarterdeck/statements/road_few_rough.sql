-- The same as road_rough for a column of few texts, each of them looked at once: min() keeps the
-- filter from being applied to every row.
with once as (
    select min(cell) as cell
    from (select columns([$column]) as cell from told) as told
    group by told.cell
)

select distinct case when length(once.cell) < 8 then once.cell end
from once
where not is_plain(once.cell, $nothings)
limit $most
