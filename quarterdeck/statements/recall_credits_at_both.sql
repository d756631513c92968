-- Of the two days one part is empty before anything is read.
create or replace temp macro credits_at(day, counted_as, assigned, assigned_day) as table
select one.* from credits_kept_now() as one where one.kept_for = day
union all
select one.* from credits_kept_then() as one where one.kept_for = day
