-- How many of the rows of a woven export are new deals, change what is known of a deal on any day, or change nothing.
with current as (
    select distinct version.deal_id from deal_version as version
    where version.superseded_at is null and version.deal_id in (select at_hand.deal_id from at_hand)
),

altered as (
    select differing.deal_id
    from (
        select derived.* exclude (batch_id) from derived
        except
        select version.* exclude (batch_id, recorded_at, superseded_at)
        from deal_version as version
        where version.superseded_at is null and version.deal_id in (select at_hand.deal_id from at_hand)
    ) as differing
    union
    select differing.deal_id
    from (
        select version.* exclude (batch_id, recorded_at, superseded_at)
        from deal_version as version
        where version.superseded_at is null and version.deal_id in (select at_hand.deal_id from at_hand)
        except
        select derived.* exclude (batch_id) from derived
    ) as differing
)

select
    case
        when turning.deal_id not in (select current.deal_id from current) and turning.kind = 'new' then 'new'
        when turning.deal_id in (select altered.deal_id from altered) then 'changed'
        else 'unchanged'
    end as kind,
    count(*)
from turning
group by 1

union all

select 'gone', count(distinct altered.deal_id)
from altered
where altered.deal_id not in (select turning.deal_id from turning)
