create or replace temp macro credits_between(opening_day, day, counted_as, assigned, assigned_day) as table select * from remembered.kept_here
