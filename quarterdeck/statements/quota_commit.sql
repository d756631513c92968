-- The compared quotas become true. Runs after quota_compare, in the same transaction.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select arriving.member_id, min(arriving.person), 'person', $batch_id, $at
from arriving
where arriving.member_id is not null
  and arriving.member_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.member_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
select 'person', 'name', arriving.person_key, min(arriving.member_id), $batch_id, $at
from arriving
where arriving.person_key is not null
  and not exists (
      select 1 from called
      where called.entity = 'person' and called.target_id = arriving.member_id
  )
group by arriving.person_key
