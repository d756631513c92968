select count(distinct person_id) + 1
from person
where person_name like 'Former executive %'
