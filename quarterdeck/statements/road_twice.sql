-- The rows of every deal id that stands on several.
with identity as (
    select place, text_of(deal_id, $is_rough, $nothings) as deal_id from deals
),

several as (
    select identity.deal_id
    from identity
    where identity.deal_id is not null
    group by identity.deal_id
    having count(*) > 1
)

select told.rowid, told.*
from told
where told.rowid in (select identity.place from identity where identity.deal_id in (select several.deal_id from several))
order by told.rowid
limit $most
