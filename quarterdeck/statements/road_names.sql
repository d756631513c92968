-- The names in a column that Python must fold, since they hold more than ASCII.
select distinct text_of(cell, $is_rough, $nothings) as name
from (select columns([$column]) as cell from told) as told
where not is_simple(text_of(cell, $is_rough, $nothings))
limit $most
