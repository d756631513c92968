-- Rows of the file that give one person one month's quota twice.
select min(moving.line), max(moving.line), min(coalesce(arriving.person, arriving.person_id)), min(moving.month_on)
from moving
inner join arriving on moving.line = arriving.line
group by moving.person_id, moving.month_on, moving.product_line
having count(*) > 1
order by 1, 4
limit 1
