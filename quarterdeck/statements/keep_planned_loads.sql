create table remembered.kept_here as
select *
from planned_loads(
    $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
    $assignments, $assigned_on, $scenario_id
)
