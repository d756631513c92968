create table remembered.kept_here as
select *
from usual_path(
    $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $modules, $product_lines, $channels, $strategic_only, $basis,
    $assignments, $assigned_on
)
