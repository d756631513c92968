-- Of the deals known open, how many the arriving export holds: at least 80 % make it a full one.
select count(*), count(*) filter (where known.deal_id in (select turning.deal_id from turning))
from known
where known.outcome = 'open'
