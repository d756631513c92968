-- The compared services become true. Runs after service_compare, in the same transaction.

insert into account_version (account_id, valid_from, valid_to, account_name, origin, batch_id, recorded_at)
select arriving.customer_id, date '0001-01-01', date '9999-12-31', min(arriving.account), 'named', $batch_id, $at
from arriving
where arriving.customer_id is not null
  and arriving.customer_id not in (select version.account_id from account_version as version where version.superseded_at is null)
group by arriving.customer_id;

insert into product (product_id, product_name, batch_id, recorded_at)
select arriving.item_id, min(arriving.product), $batch_id, $at
from arriving
where arriving.item_id is not null
  and arriving.item_id not in (select product.product_id from product where product.superseded_at is null)
group by arriving.item_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with words as (
    select 'account' as entity, account_key as alias_key, account as as_written, customer_id as target_id from arriving
    union all
    select 'product', product_key, product_key, item_id from arriving
)
select words.entity, 'name', words.alias_key, min(words.target_id), $batch_id, $at
from words
where words.alias_key is not null
  and words.target_id is not null
  and not exists (select 1 from called where called.entity = words.entity and called.alias_key = words.alias_key)
  and not exists (select 1 from called where called.entity = words.entity and called.alias_key = words.as_written)
group by words.entity, words.alias_key;

insert into service
select known.* replace ($exported_on as valid_to, $batch_id as batch_id, $at as recorded_at)
from known
inner join moving on known.service_id = moving.service_id
where moving.kind = 'changed' and not moving.says_more_only and known.valid_from < $exported_on;

update service set superseded_at = $at
where superseded_at is null and valid_to = date '9999-12-31'
  and service_id in (select moving.service_id from moving where moving.kind = 'changed');

insert into service (
    service_id, valid_from, valid_to, account_id, product_id, mrr_usd, nrc_usd, activated_on, term_months,
    renewal_on, disconnected_on, origin, batch_id, recorded_at
)
select
    service_id,
    case
        when kind = 'new' then first_on
        when says_more_only then known_from
        else greatest($exported_on, known_from)
    end,
    date '9999-12-31', account_id, product_id, mrr_usd, nrc_usd, activated_on, term_months,
    renewal_on, disconnected_on, 'import', $batch_id, $at
from moving
where kind <> 'unchanged'
