-- How many deals are known, counted row by row.
select count(distinct deal_id)
from deal_version
where superseded_at is null
