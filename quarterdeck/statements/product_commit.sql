update product set superseded_at = $at
where superseded_at is null and product_id in (select moving.product_id from moving where moving.kind = 'changed');

insert into product (product_id, product_name, product_line, is_recurring, list_price_usd, batch_id, recorded_at)
select product_id, product_name, product_line, is_recurring, list_price_usd, $batch_id, $at
from moving
where kind <> 'unchanged';

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
select 'product', 'name', arriving.product_key, min(arriving.item_id), $batch_id, $at
from arriving
where arriving.product_key is not null
  and not exists (
      select 1 from called
      where called.entity = 'product' and called.kind = 'name' and called.alias_key = arriving.product_key
  )
group by arriving.product_key
