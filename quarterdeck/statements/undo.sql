-- Takes one import back: what it said is superseded, what it superseded is written again.
-- People, accounts and products that other facts still use stay, with their names.

create or replace temp table staying as
with used as (
    select 'person' as entity, unnest([version.owner_id, version.credited_id]) as target_id
    from deal_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'person', unnest([line.person_id, line.manager_id])
    from reporting_line as line
    where line.superseded_at is null and line.batch_id is distinct from $batch_id
    union
    select 'person', quota.person_id
    from quota
    where quota.superseded_at is null and quota.batch_id is distinct from $batch_id
    union
    select 'person', credit.person_id
    from deal_credit as credit
    where credit.superseded_at is null and credit.batch_id is distinct from $batch_id
    union
    select 'person', version.owner_id
    from account_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'account', version.parent_id
    from account_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'account', version.account_id
    from deal_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'product', version.product_id
    from deal_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'person', person.person_id
    from person
    where person.superseded_at is null and person.batch_id is distinct from $batch_id
    union
    select 'account', version.account_id
    from account_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'product', product.product_id
    from product
    where product.superseded_at is null and product.batch_id is distinct from $batch_id
    union
    select alias.entity, alias.target_id
    from alias
    where alias.superseded_at is null and alias.batch_id is distinct from $batch_id
),

created as (
    select 'person' as entity, person_id as target_id, min(person_name) as label from person
    where batch_id = $batch_id
      and person_id not in (select person_id from person where superseded_at = $undone_at)
    group by person_id
    union
    select 'account', account_id, min(account_name) from account_version
    where batch_id = $batch_id
      and account_id not in (select account_id from account_version where superseded_at = $undone_at)
    group by account_id
    union
    select 'product', product_id, min(product_name) from product
    where batch_id = $batch_id
      and product_id not in (select product_id from product where superseded_at = $undone_at)
    group by product_id
)

select created.entity, created.target_id, created.label
from created
where (created.entity, created.target_id) in (select (used.entity, used.target_id) from used);

update person set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and person_id not in (select target_id from staying where entity = 'person');
insert into person
select * replace ($at as recorded_at, null as superseded_at) from person where superseded_at = $undone_at;

update person_role set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and person_id not in (select target_id from staying where entity = 'person');
insert into person_role
select * replace ($at as recorded_at, null as superseded_at) from person_role where superseded_at = $undone_at;

update reporting_line set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into reporting_line
select * replace ($at as recorded_at, null as superseded_at) from reporting_line where superseded_at = $undone_at;

update alias set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and (entity, target_id) not in (select (staying.entity, staying.target_id) from staying);
insert into alias
select * replace ($at as recorded_at, null as superseded_at) from alias where superseded_at = $undone_at;

update product set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and product_id not in (select target_id from staying where entity = 'product');
insert into product
select * replace ($at as recorded_at, null as superseded_at) from product where superseded_at = $undone_at;

update stage set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into stage
select * replace ($at as recorded_at, null as superseded_at) from stage where superseded_at = $undone_at;

update account_version set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and account_id not in (select target_id from staying where entity = 'account');
insert into account_version
select * replace ($at as recorded_at, null as superseded_at) from account_version where superseded_at = $undone_at;

update deal_version set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into deal_version
select * replace ($at as recorded_at, null as superseded_at) from deal_version where superseded_at = $undone_at;

update deal_line set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into deal_line
select * replace ($at as recorded_at, null as superseded_at) from deal_line where superseded_at = $undone_at;

update deal_credit set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into deal_credit
select * replace ($at as recorded_at, null as superseded_at) from deal_credit where superseded_at = $undone_at;

update quota set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into quota
select * replace ($at as recorded_at, null as superseded_at) from quota where superseded_at = $undone_at;

update fiscal_period set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into fiscal_period
select * replace ($at as recorded_at, null as superseded_at) from fiscal_period where superseded_at = $undone_at;

update setting set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into setting
select * replace ($at as recorded_at, null as superseded_at) from setting where superseded_at = $undone_at;

update import_batch set undone_at = $at where batch_id = $batch_id
