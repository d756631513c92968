-- The compared activities become true. Runs after activity_compare, in the same transaction.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select arriving.member_id, min(arriving.person), 'person', $batch_id, $at
from arriving
where arriving.member_id is not null
  and arriving.member_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.member_id;

insert into account_version (account_id, valid_from, valid_to, account_name, origin, batch_id, recorded_at)
select arriving.customer_id, date '0001-01-01', date '9999-12-31', min(arriving.account), 'named', $batch_id, $at
from arriving
where arriving.customer_id is not null
  and arriving.customer_id not in (select version.account_id from account_version as version where version.superseded_at is null)
group by arriving.customer_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with words as (
    select
        'person' as entity, case when person_key like '%_@_%' then 'email' else 'name' end as kind,
        person_key as alias_key, person as as_written, member_id as target_id
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

update activity set superseded_at = $at
where superseded_at is null and activity_id in (select moving.activity_id from moving where moving.kind = 'changed');

insert into activity (
    activity_id, kind, person_id, account_id, deal_id, happened_at, outcome, subject, place, miles, batch_id, recorded_at
)
select activity_id, kind_name, person_id, account_id, deal_id, happened_at, outcome, subject, place, miles, $batch_id, $at
from moving
where kind <> 'unchanged'
