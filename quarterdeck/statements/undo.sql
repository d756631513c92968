-- Takes one import back: what it said is superseded, what it superseded is written again.
-- People, accounts, products and modules that other facts still use stay, with their names.

-- What the other standing exports of deals have said, whether it holds on any day or another word of the day hides it.
create or replace temp table still_said as
select version.deal_id, version.owner_id, version.account_id, version.product_id, version.pipeline, version.stage_name, batch.carried
from deal_version as version
inner join import_batch as batch on version.batch_id = batch.batch_id
where batch.undone_at is null and batch.batch_id <> $batch_id and version.origin = 'import' and version.outcome <> 'removed';

create or replace temp table staying as
with used as (
    select 'person' as entity, unnest([version.owner_id, version.credited_id]) as target_id
    from deal_version as version
    where version.superseded_at is null and version.batch_id is distinct from $batch_id
    union
    select 'person', said.owner_id
    from still_said as said
    where list_has_any(said.carried, ['owner', 'owner_id', 'owner_email'])
    union
    select 'account', said.account_id
    from still_said as said
    where list_has_any(said.carried, ['account', 'account_id'])
    union
    select 'product', said.product_id
    from still_said as said
    where list_contains(said.carried, 'product')
    union
    select 'person', unnest([line.person_id, line.manager_id])
    from reporting_line as line
    where line.superseded_at is null and line.batch_id is distinct from $batch_id
    union
    select 'person', quota.person_id
    from quota
    where quota.superseded_at is null and quota.batch_id is distinct from $batch_id
    union
    select 'person', person_capacity.person_id
    from person_capacity
    where person_capacity.superseded_at is null and person_capacity.batch_id is distinct from $batch_id
    union
    select 'person', objective.person_id
    from objective
    where objective.superseded_at is null and objective.batch_id is distinct from $batch_id
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
    select 'person', owner.person_id
    from module_owner as owner
    where owner.superseded_at is null and owner.batch_id is distinct from $batch_id
    union
    select 'person', activity.person_id
    from activity
    where activity.superseded_at is null and activity.batch_id is distinct from $batch_id
    union
    select 'person', event.owner_id
    from deal_event as event
    where event.superseded_at is null and event.batch_id is distinct from $batch_id
    union
    select 'account', holder.account_id
    from (
        select account_id, batch_id from module_account where superseded_at is null
        union all
        select account_id, batch_id from service where superseded_at is null
        union all
        select account_id, batch_id from contact where superseded_at is null
        union all
        select account_id, batch_id from activity where superseded_at is null
    ) as holder
    where holder.batch_id is distinct from $batch_id
    union
    select 'product', service.product_id
    from service
    where service.superseded_at is null and service.batch_id is distinct from $batch_id
    union
    select 'module', holder.module_id
    from (
        select module_id, batch_id from module where superseded_at is null
        union all
        select module_id, batch_id from module_account where superseded_at is null
        union all
        select module_id, batch_id from module_owner where superseded_at is null
    ) as holder
    where holder.batch_id is distinct from $batch_id
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
    union
    select 'module', module_id, min(module_name) from module
    where batch_id = $batch_id
      and module_id not in (select module_id from module where superseded_at = $undone_at)
    group by module_id
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

update stage set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and (pipeline, stage_name) not in (
      select (version.pipeline, version.stage_name)
      from deal_version as version
      where version.superseded_at is null and version.stage_name is not null
  )
  and (pipeline, stage_name) not in (
      select (said.pipeline, said.stage_name) from still_said as said where said.stage_name is not null
  );
insert into stage
select * replace ($at as recorded_at, null as superseded_at) from stage where superseded_at = $undone_at;

update account_version set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and account_id not in (select target_id from staying where entity = 'account');
insert into account_version
select * replace ($at as recorded_at, null as superseded_at) from account_version where superseded_at = $undone_at;

update module set superseded_at = $at
where batch_id = $batch_id and superseded_at is null
  and module_id not in (select target_id from staying where entity = 'module');
insert into module
select * replace ($at as recorded_at, null as superseded_at) from module where superseded_at = $undone_at;

-- Files of accounts and of modules write the same links: what a later one of the other kind says stays, and what
-- comes back ends before it; what an import that was taken back itself had said does not come back.
update module_account set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into module_account
with coming_back as (
    select *
    from module_account
    where superseded_at = $undone_at
      and (batch_id is null or batch_id not in (select batch.batch_id from import_batch as batch where batch.undone_at is not null))
),

ending as (
    select coming_back.account_id, coming_back.valid_from, min(later.valid_from) as ends_on
    from coming_back
    inner join module_account as later
        on coming_back.account_id = later.account_id and later.superseded_at is null and later.valid_to > coming_back.valid_from
    group by coming_back.account_id, coming_back.valid_from
)

select
    coming_back.* replace (
        least(coming_back.valid_to, coalesce(ending.ends_on, coming_back.valid_to)) as valid_to,
        $at as recorded_at, null as superseded_at
    )
from coming_back
left join ending on coming_back.account_id = ending.account_id and coming_back.valid_from = ending.valid_from
where ending.ends_on is null or ending.ends_on > coming_back.valid_from;

update module_owner set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into module_owner
select * replace ($at as recorded_at, null as superseded_at) from module_owner where superseded_at = $undone_at;

update service set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into service
select * replace ($at as recorded_at, null as superseded_at) from service where superseded_at = $undone_at;

update contact set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into contact
select * replace ($at as recorded_at, null as superseded_at) from contact where superseded_at = $undone_at;

update activity set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into activity
select * replace ($at as recorded_at, null as superseded_at) from activity where superseded_at = $undone_at;

-- The versions of deals were derived anew before.
update import_row set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
update deal_event set superseded_at = $at where batch_id = $batch_id and superseded_at is null;

update deal_line set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into deal_line
select * replace ($at as recorded_at, null as superseded_at) from deal_line where superseded_at = $undone_at;

update deal_credit set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into deal_credit
select * replace ($at as recorded_at, null as superseded_at) from deal_credit where superseded_at = $undone_at;

update person_capacity set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into person_capacity
select * replace ($at as recorded_at, null as superseded_at) from person_capacity where superseded_at = $undone_at;

update objective set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into objective
select * replace ($at as recorded_at, null as superseded_at) from objective where superseded_at = $undone_at;

update quota set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into quota
select * replace ($at as recorded_at, null as superseded_at) from quota where superseded_at = $undone_at;

update fiscal_period set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into fiscal_period
select * replace ($at as recorded_at, null as superseded_at) from fiscal_period where superseded_at = $undone_at;

update calendar_day set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into calendar_day
select * replace ($at as recorded_at, null as superseded_at) from calendar_day where superseded_at = $undone_at;

-- The currency that the first export of deals settled stays while another one stands.
update setting set superseded_at = $at
where batch_id is not null and superseded_at is null
  and not exists (
      select 1 from import_batch as batch
      where batch.entity = 'deal' and batch.undone_at is null and batch.batch_id <> $batch_id
  );
insert into setting
select * replace ($at as recorded_at, null as superseded_at) from setting where superseded_at = $undone_at;

update exchange_rate set superseded_at = $at where batch_id = $batch_id and superseded_at is null;
insert into exchange_rate
select * replace ($at as recorded_at, null as superseded_at) from exchange_rate where superseded_at = $undone_at;

-- What is written again may name somebody who was found to be somebody else since.
create or replace temp table renamed as
select alias.alias_key as second_id, min(alias.target_id) as first_id
from alias
where alias.superseded_at is null and alias.entity = 'person' and alias.kind = 'merged'
group by alias.alias_key;

update deal_version set owner_id = renamed.first_id
from renamed
where deal_version.superseded_at is null and deal_version.owner_id = renamed.second_id;
update deal_version set credited_id = renamed.first_id
from renamed
where deal_version.superseded_at is null and deal_version.credited_id = renamed.second_id;
update account_version set owner_id = renamed.first_id
from renamed
where account_version.superseded_at is null and account_version.owner_id = renamed.second_id;
update quota set person_id = renamed.first_id
from renamed
where quota.superseded_at is null and quota.person_id = renamed.second_id;
update person_capacity set person_id = renamed.first_id
from renamed
where person_capacity.superseded_at is null and person_capacity.person_id = renamed.second_id;
update objective set person_id = renamed.first_id
from renamed
where objective.superseded_at is null and objective.person_id = renamed.second_id;
update deal_credit set person_id = renamed.first_id
from renamed
where deal_credit.superseded_at is null and deal_credit.person_id = renamed.second_id;
update module_owner set person_id = renamed.first_id
from renamed
where module_owner.superseded_at is null and module_owner.person_id = renamed.second_id;
update activity set person_id = renamed.first_id
from renamed
where activity.superseded_at is null and activity.person_id = renamed.second_id;
update alias set target_id = renamed.first_id
from renamed
where alias.superseded_at is null and alias.entity = 'person' and alias.target_id = renamed.second_id;
update reporting_line set manager_id = renamed.first_id
from renamed
where reporting_line.superseded_at is null and reporting_line.manager_id = renamed.second_id;
update reporting_line set superseded_at = $at
where superseded_at is null and person_id in (select renamed.second_id from renamed);
update person_role set superseded_at = $at
where superseded_at is null and person_id in (select renamed.second_id from renamed);
update person set superseded_at = $at
where superseded_at is null and person_id in (select renamed.second_id from renamed);

update import_batch set undone_at = $at where batch_id = $batch_id
