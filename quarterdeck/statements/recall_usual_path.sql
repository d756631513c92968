create or replace temp macro usual_path(
    viewer, viewing_as, day, first_day, last_day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table select * from remembered.kept_here
