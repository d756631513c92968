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
group by arriving.person_key;

insert into quota
select known.* replace ($exported_on as valid_to, $batch_id as batch_id, $at as recorded_at)
from known
inner join moving
    on moving.person_id = known.person_id and moving.month_on = known.month_on
    and moving.product_line = known.product_line and moving.basis = known.basis
where moving.kind = 'changed' and known.valid_from < $exported_on;

update quota set superseded_at = $at
where superseded_at is null and valid_to = date '9999-12-31'
  and (person_id, month_on, product_line, basis) in (
      select (moving.person_id, moving.month_on, moving.product_line, moving.basis) from moving where moving.kind = 'changed'
  );

-- A first known quota has always been it; a revision holds from the file's day.
insert into quota
select
    person_id, month_on, product_line, basis, quota_usd,
    case when kind = 'new' then date '0001-01-01' else greatest($exported_on, known_from) end,
    date '9999-12-31',
    case when kind = 'new' then 'assumed' else 'import' end,
    $batch_id, $at, null
from moving
where kind <> 'unchanged'
