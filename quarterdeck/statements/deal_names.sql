-- Who and what the compared export names becomes known. Runs after deal_compare, in the same transaction.

insert into person (person_id, person_name, kind, email, batch_id, recorded_at)
select arriving.person_id, min(coalesce(arriving.owner, arriving.owner_email, arriving.owner_id)), 'person', min(arriving.owner_email), $batch_id, $at
from arriving
where arriving.person_id is not null
  and arriving.person_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.person_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with owners as materialized (
    select distinct owner_key, owner_email_key, owner_id, person_id from arriving
),

customers as materialized (
    select distinct account_key, account_id, customer_id from arriving
),

words as (
    select 'person' as entity, 'name' as kind, owner_key as alias_key, person_id as target_id from owners
    union all
    select 'person', 'email', owner_email_key, person_id from owners
    union all
    select 'person', 'id', owner_id, person_id from owners
    union all
    select 'account', 'name', account_key, customer_id from customers
    union all
    select 'account', 'id', account_id, customer_id from customers
    union all
    select distinct 'product', 'name', product_key, item_id from arriving
)
select words.entity, words.kind, words.alias_key, min(words.target_id), $batch_id, $at
from words
where words.alias_key is not null
  and words.target_id is not null
  and not exists (
      select 1 from called
      where called.entity = words.entity and called.kind = words.kind and called.alias_key = words.alias_key
  )
group by words.entity, words.kind, words.alias_key;

insert into account_version (account_id, valid_from, valid_to, account_name, origin, batch_id, recorded_at)
select arriving.customer_id, date '0001-01-01', date '9999-12-31', min(coalesce(arriving.account, arriving.account_id)), 'named', $batch_id, $at
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

-- A stage nobody described stands where its mean probability puts it, else where the file first names it.
insert into stage (pipeline, stage_name, position, outcome, forecast_category, probability, batch_id, recorded_at)
with found as (
    select
        turning.pipeline, turning.stage_name,
        max(turning.outcome) as outcome,
        min(turning.forecast_category) as forecast_category,
        avg(turning.probability) as probability,
        min(turning.line) as first_line
    from turning
    where turning.stage_name is not null
    group by turning.pipeline, turning.stage_name
),

standing as (
    select stage.pipeline, max(stage.position) as last_position
    from stage
    where stage.superseded_at is null
    group by stage.pipeline
)

select
    found.pipeline, found.stage_name,
    coalesce(standing.last_position, 0) + row_number() over (
        partition by found.pipeline
        order by case found.outcome when 'open' then 0 when 'won' then 1 else 2 end, found.probability, found.first_line
    ),
    found.outcome, found.forecast_category, found.probability, $batch_id, $at
from found
left join standing on found.pipeline = standing.pipeline
where not exists (
    select 1 from stage
    where stage.superseded_at is null and stage.pipeline = found.pipeline and stage.stage_name = found.stage_name
);
