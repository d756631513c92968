-- The compared modules become true; link_shift follows. Runs after module_move, in the same transaction.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select arriving.person_id, min(arriving.owner), 'person', $batch_id, $at
from arriving
where arriving.person_id is not null
  and arriving.person_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.person_id;

insert into account_version (account_id, valid_from, valid_to, account_name, origin, batch_id, recorded_at)
select arriving.customer_id, date '0001-01-01', date '9999-12-31', min(arriving.account), 'named', $batch_id, $at
from arriving
where arriving.customer_id is not null
  and arriving.customer_id not in (select version.account_id from account_version as version where version.superseded_at is null)
group by arriving.customer_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with words as (
    select 'person' as entity, case when owner_key like '%_@_%' then 'email' else 'name' end as kind, owner_key as alias_key, owner as as_written, person_id as target_id
    from arriving
    union all
    select 'account', 'name', account_key, account, customer_id from arriving
)
select words.entity, words.kind, words.alias_key, min(words.target_id), $batch_id, $at
from words
where words.alias_key is not null
  and words.target_id is not null
  and not exists (select 1 from called where called.entity = words.entity and called.alias_key = words.alias_key)
  and not exists (select 1 from called where called.entity = words.entity and called.alias_key = words.as_written)
group by words.entity, words.kind, words.alias_key;

update module set superseded_at = $at
where superseded_at is null
  and (module_id, module_name) in (
      select (known.module_id, known.module_name)
      from known
      inner join moving on known.module_id = moving.module_id
      where known.module_name <> moving.module_name
  );

insert into module (module_id, module_name, batch_id, recorded_at)
select distinct moving.module_id, moving.module_name, $batch_id, $at
from moving
where moving.module_id not in (select module.module_id from module where module.superseded_at is null)
