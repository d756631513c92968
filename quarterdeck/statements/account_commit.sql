-- The compared accounts become true; link_shift follows. Runs after account_compare, in the same transaction.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select arriving.person_id, min(arriving.owner), 'person', $batch_id, $at
from arriving
where arriving.person_id is not null
  and arriving.person_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.person_id;

insert into account_version
select known.* replace ($exported_on as valid_to, $batch_id as batch_id, $at as recorded_at)
from known
inner join moving on known.account_id = moving.account_id
where moving.kind = 'changed' and not moving.says_more_only and known.valid_from < $exported_on;

update account_version set superseded_at = $at
where superseded_at is null and valid_to = date '9999-12-31'
  and account_id in (select moving.account_id from moving where moving.kind = 'changed');

insert into account_version (
    account_id, valid_from, valid_to, account_name, parent_id, industry, segment, is_strategic, owner_id, street, city,
    state, zip, phone, website, employees, revenue_usd, potential_usd, module, origin, batch_id, recorded_at
)
select
    account_id,
    case
        when kind = 'new' then date '0001-01-01'
        when says_more_only then known_from
        else greatest($exported_on, known_from)
    end,
    date '9999-12-31', account_name, parent_id, industry, segment, is_strategic, owner_id, street, city,
    state, zip, phone, website, employees, revenue_usd, potential_usd, module, 'import', $batch_id, $at
from moving
where kind <> 'unchanged';

insert into account_version (account_id, valid_from, valid_to, account_name, origin, batch_id, recorded_at)
select arriving.parent_id, date '0001-01-01', date '9999-12-31', min(arriving.parent), 'named', $batch_id, $at
from arriving
where arriving.parent_id is not null
  and arriving.parent_id not in (select version.account_id from account_version as version where version.superseded_at is null)
group by arriving.parent_id;

insert into module (module_id, module_name, batch_id, recorded_at)
select moving.module_ref, min(moving.module), $batch_id, $at
from moving
inner join pointing on moving.account_id = pointing.subject_id and moving.module_ref = pointing.target_id
where moving.module_ref not in (select module.module_id from module where module.superseded_at is null)
group by moving.module_ref;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with words as (
    select 'account' as entity, 'name' as kind, account_key as alias_key, customer_id as target_id from arriving
    union all
    select 'account', 'id', account_id, customer_id from arriving
    union all
    select 'account', 'name', parent_key, parent_id from arriving
    union all
    select 'person', 'name', owner_key, person_id from arriving
)
select words.entity, words.kind, words.alias_key, min(words.target_id), $batch_id, $at
from words
where words.alias_key is not null
  and words.target_id is not null
  and not exists (
      select 1 from called
      where called.entity = words.entity and called.kind = words.kind and called.alias_key = words.alias_key
  )
group by words.entity, words.kind, words.alias_key
