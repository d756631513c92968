-- The newest day, up to today, that has come to pass: a creation, a closing, the close date of a decided deal.
select max(day)
from (
    select created_on as day from written
    union all
    select closed_on from written
    union all
    select close_on from written where outcome <> 'open'
) as proof
where day <= $today::date
