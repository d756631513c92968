-- question: What must a realignment keep to?
-- grain: account_id, rule, person_id
-- columns:
--   account_id     text
--   account_name   text
--   rule           text    lock, pin or forbid
--   person_id      text    to whom it goes, or never does; '' for a lock
--   person_name    text?
--   reason         text

select known.account_id, account.account_name, known.rule, known.person_id, member.person_name, known.reason
from plans_in_scope($viewer_id, $viewer_role, $assigned_on) as plan
inner join scenario_rule as known on plan.scenario_id = known.scenario_id and known.superseded_at is null
inner join accounts_at($as_of) as account on known.account_id = account.account_id
left join person as member on known.person_id = member.person_id and member.superseded_at is null
where plan.scenario_id = $scenario_id
order by account.account_name, known.account_id, known.rule, known.person_id
