insert into scenario
select plan.* replace (
    $copy_id as scenario_id, $scenario_name as scenario_name, $director_id as director_id, 'draft' as status, false as is_shared,
    $at as recorded_at
)
from scenario as plan
where plan.superseded_at is null and plan.scenario_id = $scenario_id;

insert into scenario_move
select move.* replace ($copy_id as scenario_id, $at as recorded_at)
from scenario_move as move
where move.superseded_at is null and move.scenario_id = $scenario_id;

insert into scenario_rule
select rule.* replace ($copy_id as scenario_id, $at as recorded_at)
from scenario_rule as rule
where rule.superseded_at is null and rule.scenario_id = $scenario_id;

insert into scenario_deal
select deal.* replace ($copy_id as scenario_id, $at as recorded_at)
from scenario_deal as deal
where deal.superseded_at is null and deal.scenario_id = $scenario_id
