-- How many deals of each kind the compared export holds.
select kind, count(*) from turning group by kind
union all
select 'gone', count(*) from going
