-- Which of these accounts, or of the accounts in these modules, a realignment must leave where they are.
select account.account_name, rule.reason
from scenario_rule as rule
inner join accounts_at($as_of) as account on rule.account_id = account.account_id
inner join holdings_on($as_of) as held on rule.account_id = held.account_id
where rule.superseded_at is null and rule.scenario_id = $scenario_id and rule.rule = 'lock'
  and case when $kind = 'module' then held.module_id else held.account_id end in (select unnest($things::varchar[]))
order by account.account_name
