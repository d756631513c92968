-- The calendar of working days is written anew as a whole.
update calendar_day set superseded_at = $at where superseded_at is null;
insert into calendar_day (day_on, day_off, working_before, working_through, is_own, recorded_at)
select
    unnest($days_on::date[]), unnest($days_off::varchar[]), unnest($before::integer[]), unnest($through::integer[]),
    unnest($own::boolean[]), $at
