create or replace temp macro credits_in_sight(
    viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table select * from remembered.kept_here
