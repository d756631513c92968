-- What stands in a column, each text or its stand-in once, in file order, with the number of cells.
select stand_in($kind, column_text) as seen, count(*) as cells
from (select columns([$column]) as column_text, rowid as place from told)
where column_text is not null
group by seen
order by min(place)
limit $most
