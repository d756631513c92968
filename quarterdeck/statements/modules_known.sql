-- Every module that stands, and every id that one ever had.
select module_id, max(case when superseded_at is null then module_name end) as module_name
from module
group by module_id
order by module_id
