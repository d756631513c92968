-- The compared quotas become true. Runs after quota_compare, in the same transaction.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select arriving.member_id, min(coalesce(arriving.person, arriving.person_id)), 'person', $batch_id, $at
from arriving
where arriving.member_id is not null
  and arriving.member_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.member_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
with words as (
    select 'name' as kind, person_key as alias_key, member_id as target_id from arriving
    union all
    select 'id', person_id, member_id from arriving
)
select 'person', words.kind, words.alias_key, min(words.target_id), $batch_id, $at
from words
where words.alias_key is not null
  and words.target_id is not null
  and not exists (
      select 1 from called
      where called.entity = 'person' and called.kind = words.kind and called.alias_key = words.alias_key
  )
group by words.kind, words.alias_key
