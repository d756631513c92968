create or replace temp macro credits_at(day, counted_as) as table select * from remembered.kept_here
