-- The compared contacts become true. Runs after contact_compare, in the same transaction.

insert into account_version (account_id, valid_from, valid_to, account_name, origin, batch_id, recorded_at)
select arriving.customer_id, date '0001-01-01', date '9999-12-31', min(arriving.account), 'named', $batch_id, $at
from arriving
where arriving.customer_id is not null
  and arriving.customer_id not in (select version.account_id from account_version as version where version.superseded_at is null)
group by arriving.customer_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
select 'account', 'name', arriving.account_key, min(arriving.customer_id), $batch_id, $at
from arriving
where arriving.account_key is not null
  and arriving.customer_id is not null
  and not exists (select 1 from called where called.entity = 'account' and called.alias_key = arriving.account_key)
  and not exists (select 1 from called where called.entity = 'account' and called.alias_key = arriving.account)
group by arriving.account_key;

update contact set superseded_at = $at
where superseded_at is null and contact_id in (select moving.contact_id from moving where moving.kind = 'changed');

insert into contact (contact_id, account_id, contact_name, role, email, influence, batch_id, recorded_at)
select contact_id, account_id, contact_name, role, email, influence, $batch_id, $at
from moving
where kind <> 'unchanged'
