-- Won, lost and open of all that is known today: before the older export is woven in (is_after false) and after it.
with now as (
    select version.deal_id, version.outcome, version.amount_usd
    from deal_version as version
    where version.superseded_at is null and version.valid_to = date '9999-12-31'
),

afterwards as (
    select now.outcome, now.amount_usd from now where now.deal_id not in (select at_hand.deal_id from at_hand)
    union all
    select derived.outcome, derived.amount_usd from derived where derived.valid_to = date '9999-12-31'
)

select false as is_after, now.outcome, count(*), coalesce(sum(now.amount_usd), 0)::decimal(18, 2)
from now
group by now.outcome

union all

select true, afterwards.outcome, count(*), coalesce(sum(afterwards.amount_usd), 0)::decimal(18, 2)
from afterwards
group by afterwards.outcome
