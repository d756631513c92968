-- The days that the organisation itself took off, or works although others do not.
select day_on, day_off from calendar_day where superseded_at is null and is_own order by day_on
