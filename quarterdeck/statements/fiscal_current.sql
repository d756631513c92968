select month_on, to_on, quarter, fiscal_year
from fiscal_period
where superseded_at is null and calendar_id = 'default'
order by month_on
