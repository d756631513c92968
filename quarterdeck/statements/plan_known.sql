select
    plan.scenario_id, plan.scenario_name, plan.director_id, plan.status, plan.is_shared, plan.effective_on, plan.credit_rule,
    plan.split_until_on, plan.quota_rule, plan.built_on, plan.built_version
from plans_in_scope($viewer_id, $viewer_role, $as_of) as plan
where plan.scenario_id = $scenario_id
