create or replace temp macro furthest_at(day) as table select * from remembered.kept_here
