create or replace temp macro stage_limits_in_scope(viewer, viewing_as, day) as table select * from remembered.kept_here
