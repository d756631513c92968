with listed as (
    select 'new' as kind, product_name as label, 'product line' as field, null as old, product_line as new
    from moving
    where kind = 'new'
    union all
    select 'changed', moving.product_name, 'product line', known.product_line, moving.product_line
    from moving inner join known on moving.product_id = known.product_id
    where moving.kind = 'changed' and known.product_line is distinct from moving.product_line
    union all
    select 'changed', moving.product_name, 'name', known.product_name, moving.product_name
    from moving inner join known on moving.product_id = known.product_id
    where moving.kind = 'changed' and known.product_name is distinct from moving.product_name
    union all
    select 'changed', moving.product_name, 'list price', known.list_price_usd::varchar, moving.list_price_usd::varchar
    from moving inner join known on moving.product_id = known.product_id
    where moving.kind = 'changed' and known.list_price_usd is distinct from moving.list_price_usd
)
select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by label, field) <= 50
order by kind, label, field
