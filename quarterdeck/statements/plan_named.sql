select scenario_id
from scenario
where superseded_at is null and lower(scenario_name) = lower($name) and scenario_id <> $scenario_id and director_id = $director_id
