-- question: Which days from Monday to Friday are off?
-- grain: holiday_on
-- columns:
--   holiday_on     date
--   holiday_name   text

select known.day_on as holiday_on, known.day_off as holiday_name
from days_known() as known
where known.day_off is not null and known.day_off <> 'Weekend'
order by holiday_on
