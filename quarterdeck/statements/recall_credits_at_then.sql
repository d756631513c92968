create or replace temp macro credits_kept_then() as table select * from remembered.kept_here
