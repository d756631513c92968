-- Where the unreadable texts of a column stand.
with seen as (
    select place, cell, case when $kind = 'date' then day_of(cell) else cell end as seen
    from (select rowid as place, columns([$column]) as cell from told)
)

select seen.place, seen.cell, seen.seen
from seen
where seen.seen in (select unnest($unreadable::varchar[]))
order by seen.place
limit $most
