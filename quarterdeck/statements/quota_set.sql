-- What quotas of one person would be from a day on, whatever is known of later days. $months, $product_lines and
-- $amounts run in parallel.
create or replace temp table moving as
with monthly as (
    select
        $person_id::varchar as person_id, unnest($months::date[]) as month_on,
        unnest($product_lines::varchar[]) as product_line, $basis::varchar as basis,
        unnest($amounts::decimal(18, 2)[]) as quota_usd
),

known as (
    select
        quota.person_id, quota.month_on, quota.product_line, quota.basis,
        min(case when quota.valid_to > $from_on then quota.quota_usd end) as least_usd,
        max(case when quota.valid_to > $from_on then quota.quota_usd end) as most_usd
    from quota
    where quota.superseded_at is null and quota.person_id = $person_id
    group by quota.person_id, quota.month_on, quota.product_line, quota.basis
)

select
    monthly.*,
    date '9999-12-31' as until_on,
    case
        when known.person_id is null then 'new'
        when (known.least_usd, known.most_usd) is distinct from (monthly.quota_usd, monthly.quota_usd) then 'changed'
        else 'unchanged'
    end as kind
from monthly
left join known
    on monthly.person_id = known.person_id and monthly.month_on = known.month_on
    and monthly.product_line = known.product_line and monthly.basis = known.basis
