create or replace temp macro account_loads(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table select * from remembered.kept_here
