-- By row of the file: a year is new when one of its months is.
with row_kind as (
    select line, max(case kind when 'new' then 2 when 'changed' then 1 else 0 end) as weight
    from moving
    group by line
)
select case weight when 2 then 'new' when 1 then 'changed' else 'unchanged' end, count(*)
from row_kind
group by 1
