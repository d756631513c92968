-- What accounts must keep to. A lock and a pin replace each other and end what is forbidden to everyone else anyway;
-- a lock takes back the move of its account.
update scenario_rule set superseded_at = $at
where superseded_at is null and scenario_id = $scenario_id
  and account_id in (select unnest($things::varchar[]))
  and ($rule <> 'forbid' or rule <> 'forbid' or person_id = $person_id);

insert into scenario_rule
select $scenario_id, $rule, account.account_id, $person_id, $reason, $at, null::timestamp
from (select distinct unnest($things::varchar[]) as account_id) as account
where $rule <> '';

update scenario_move set superseded_at = $at
where $rule = 'lock' and superseded_at is null and scenario_id = $scenario_id and kind <> 'module'
  and thing_id in (select unnest($things::varchar[]))
