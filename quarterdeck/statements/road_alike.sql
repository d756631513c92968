-- The rows alike in everything but the space around their cells, for files without a deal id.
with content as (
    select rowid as place, coalesce(trim(columns(*), $spaces), '') from told
),

hashed as (
    select place, hash(*columns(* exclude (place))) as said from content
),

several as (
    select hashed.said from hashed group by hashed.said having count(*) > 1
)

select told.rowid, told.*
from told
where told.rowid in (select hashed.place from hashed where hashed.said in (select several.said from several))
order by told.rowid
limit $most
