-- Every text of a column once, with the number of its cells and the first of them: for a column of few texts.
insert into once
select $column, told.cell, count(*), min(told.place)
from (select columns([$column]) as cell, rowid as place from told) as told
group by told.cell
