create or replace temp macro credits_kept_now() as table select * from remembered.kept_here
