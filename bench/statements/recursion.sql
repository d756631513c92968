-- The ordinary way: who stands above whom is worked out by each question, and bookings and quotas are summed over it.
with recursive path (ancestor_id, person_id) as (
    select person_id, person_id
    from person
    where superseded_at is null

    union all

    select line.manager_id, path.person_id
    from path
    inner join reporting_line as line
        on path.ancestor_id = line.person_id and line.superseded_at is null
        and line.valid_from <= $as_of and $as_of < line.valid_to
),

booked as (
    select path.ancestor_id, sum(deal.amount_usd) as booked_usd, count(*) as won_deals
    from deal_version as deal
    inner join path on deal.credited_id = path.person_id
    where deal.superseded_at is null and deal.outcome = 'won' and deal.valid_from <= $as_of and $as_of < deal.valid_to
      and deal.closed_on between $from_on and $to_on
    group by path.ancestor_id
),

goal as (
    select path.ancestor_id, sum(quota.quota_usd) as quota_usd
    from quota
    inner join path on quota.person_id = path.person_id
    where quota.superseded_at is null and quota.month_on between $from_on and $to_on
    group by path.ancestor_id
)

select person.person_id, booked.booked_usd, booked.won_deals, goal.quota_usd
from person
left join booked on person.person_id = booked.ancestor_id
left join goal on person.person_id = goal.ancestor_id
where person.superseded_at is null
