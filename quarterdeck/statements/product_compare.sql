-- What a list of products would do. Temporary tables only.

create or replace temp table arriving as
select row.*, coalesce(by_name.target_id, row.product_ref) as item_id
from read_parquet($path) as row
left join called as by_name
    on by_name.entity = 'product' and by_name.kind = 'name' and by_name.alias_key = row.product_key;

create or replace temp table known as
select * from product where superseded_at is null;

create or replace temp table moving as
with becoming as (
    select
        row.item_id as product_id,
        row.product as product_name,
        case when list_contains($carried, 'product_line') then row.product_line else known.product_line end as product_line,
        case when list_contains($carried, 'is_recurring') then row.is_recurring else known.is_recurring end as is_recurring,
        case when list_contains($carried, 'list_price') then row.list_price else known.list_price_usd end as list_price_usd
    from arriving as row
    left join known on row.item_id = known.product_id
    qualify row_number() over (partition by row.item_id order by row.line desc) = 1
)
select
    becoming.*,
    case
        when known.product_id is null then 'new'
        when (becoming.product_name, becoming.product_line, becoming.is_recurring, becoming.list_price_usd)
            is distinct from (known.product_name, known.product_line, known.is_recurring, known.list_price_usd) then 'changed'
        else 'unchanged'
    end as kind
from becoming
left join known on becoming.product_id = known.product_id
