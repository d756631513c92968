select outcome, count(*), coalesce(sum(amount_file), 0)::decimal(38, 2)::varchar, count(*) - count(amount_file)
from written
group by outcome
