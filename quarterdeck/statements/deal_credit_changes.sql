-- By row of the file.
select case when not spell.is_known then 'new' when spell.is_same then 'unchanged' else 'changed' end, count(*)
from arriving
inner join dividing_spell as spell on arriving.deal_id = spell.deal_id and arriving.from_on = spell.from_on
where arriving.fault is null
group by 1
