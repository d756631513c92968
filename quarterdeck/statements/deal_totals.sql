-- Won, lost and open of all that is known: before the export (is_after false) and after it.
with after_all as (
    select turning.outcome, turning.amount_usd from turning
    union all
    select known.outcome, known.amount_usd
    from known
    where known.deal_id not in (select turning.deal_id from turning)
      and known.deal_id not in (select going.deal_id from going)
)
select false as is_after, known.outcome, count(*), coalesce(sum(known.amount_usd), 0)::decimal(18, 2)
from known
group by known.outcome
union all
select true, after_all.outcome, count(*), coalesce(sum(after_all.amount_usd), 0)::decimal(18, 2)
from after_all
group by after_all.outcome
