update scenario set superseded_at = $at where superseded_at is null and scenario_id = $scenario_id;
update scenario_move set superseded_at = $at where superseded_at is null and scenario_id = $scenario_id;
update scenario_rule set superseded_at = $at where superseded_at is null and scenario_id = $scenario_id;
update scenario_deal set superseded_at = $at where superseded_at is null and scenario_id = $scenario_id
