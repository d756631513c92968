-- How many deals become known from the events, how many change, and how many events are known already.
select happening_now.kind, case when happening_now.kind = 'unchanged' then count(*) else count(distinct happening_now.deal_id) end
from happening_now
group by happening_now.kind
