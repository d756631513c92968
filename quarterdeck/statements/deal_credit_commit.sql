-- People whom a file of splits makes known. Runs after credit_even and before credit_shift, in the same transaction.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select arriving.member_id, min(arriving.person), 'person', $batch_id, $at
from arriving
where arriving.fault is null
  and arriving.member_id not in (select person.person_id from person where person.superseded_at is null)
group by arriving.member_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
select
    'person', case when arriving.person_key like '%_@_%' then 'email' else 'name' end,
    arriving.person_key, min(arriving.member_id), $batch_id, $at
from arriving
where arriving.fault is null
  and arriving.person_key is not null
  and not exists (select 1 from called where called.entity = 'person' and called.alias_key = arriving.person_key)
  and not exists (select 1 from called where called.entity = 'person' and called.alias_key = arriving.person)
group by arriving.person_key
