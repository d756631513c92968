create or replace temp macro stage_ages(day) as table select * from remembered.kept_here
