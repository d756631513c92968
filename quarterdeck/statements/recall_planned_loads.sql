create or replace temp macro planned_loads(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day, plan
) as table select * from remembered.kept_here
