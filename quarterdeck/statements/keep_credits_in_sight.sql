create table remembered.kept_here as
select *
from credits_in_sight(
    $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
)
