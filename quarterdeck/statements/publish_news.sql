select count(*)
from plan_news() as known
where known.scenario_id = $scenario_id
