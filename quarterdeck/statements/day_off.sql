select day_off from calendar_day where superseded_at is null and day_on = $day
