-- The same as road_texts for a column of few texts, each of them looked at once.
with once as (
    select column_text, count(*) as cells, min(place) as place
    from (select columns([$column]) as column_text, rowid as place from told)
    where column_text is not null
    group by column_text
)

select stand_in($kind, column_text) as seen, sum(cells)::bigint as cells
from once
group by seen
order by min(place)
limit $most
