-- question: Which months does the organisation's year have?
-- grain: month_on
-- columns:
--   month_on      date
--   to_on         date
--   quarter       count
--   fiscal_year   count

select month.month_on, month.to_on, month.quarter, month.fiscal_year
from fiscal_period as month
where month.superseded_at is null and month.calendar_id = 'default'
order by month.month_on
