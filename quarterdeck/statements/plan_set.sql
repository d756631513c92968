-- A realignment is written anew, whole.
update scenario set superseded_at = $at where superseded_at is null and scenario_id = $scenario_id;

insert into scenario values (
    $scenario_id, $scenario_name, $director_id, $status, $is_shared, $effective_on, $credit_rule, $split_until_on,
    $quota_rule, $built_on, $built_version, $at, null
)
