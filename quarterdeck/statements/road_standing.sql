-- How the deals stand: each combination of flags, status and stage once, in file order.
select is_won, is_closed, status, stage, count(*) as deals
from deals
group by is_won, is_closed, status, stage
order by min(place)
limit $most
