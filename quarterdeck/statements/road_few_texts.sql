-- The same as road_texts for a column of few texts, each of them looked at once.
select stand_in($kind, cell) as seen, sum(cells)::bigint as cells
from once
where field = $column and cell is not null
group by seen
order by min(place)
limit $most
