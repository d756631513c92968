create or replace temp macro potentials_on(day) as table select * from remembered.kept_here
