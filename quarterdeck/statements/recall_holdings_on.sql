create or replace temp macro holdings_on(day) as table select * from remembered.kept_here
