-- What a file of quotas would do, month by month. Temporary tables only.
-- $words, $months, $before, $through and $whole run in parallel: the months of each period the file names, and the
-- weights before each, through it and of all. $part_people, $part_months and $parts do too: who fills less than a whole
-- position in which month, in millionths; with $is_prorated a quota counts for so much less there.

create or replace temp table arriving as
select row.*, coalesce(by_id.target_id, by_email.target_id, by_name.target_id, row.person_ref) as member_id
from read_parquet($path) as row
left join called as by_id
    on by_id.entity = 'person' and by_id.kind = 'id' and by_id.alias_key = coalesce(row.person_id, row.person)
left join called as by_email
    on by_email.entity = 'person' and by_email.kind = 'email' and by_email.alias_key = row.person_key
left join called as by_name
    on by_name.entity = 'person' and by_name.kind = 'name' and by_name.alias_key = row.person_key
    and (row.person_id is null or by_name.target_id not in (select target_id from called where entity = 'person' and kind = 'id'));

-- As it holds on the day of the export, and until when: a revision dated later stays.
create or replace temp table known as
select
    quota.person_id, quota.month_on, quota.product_line, quota.basis,
    max(case when quota.valid_from <= $exported_on and $exported_on < quota.valid_to then quota.quota_usd end) as quota_usd,
    coalesce(min(case when quota.valid_from > $exported_on then quota.valid_from end), date '9999-12-31') as until_on
from quota
where quota.superseded_at is null
group by quota.person_id, quota.month_on, quota.product_line, quota.basis;

-- A quarter's or year's quota is spread over its months by weights, each running sum rounded half up to the cent.
create or replace temp table moving as
with period_month as (
    select
        unnest($words::varchar[]) as word, unnest($months::date[]) as month_on,
        unnest($before::integer[]) as weight_before, unnest($through::integer[]) as weight_through, unnest($whole::integer[]) as weights
),

part as (
    select unnest($part_people::varchar[]) as person_id, unnest($part_months::date[]) as month_on, unnest($parts::bigint[]) as millionths
),

spread as (
    select
        arriving.line, arriving.member_id as person_id, period_month.month_on,
        coalesce(arriving.product_line, '') as product_line, 'amount' as basis,
        (
            (2 * (arriving.quota * 100)::bigint::hugeint * period_month.weight_through + period_month.weights)
                // (2 * period_month.weights)
            - (2 * (arriving.quota * 100)::bigint::hugeint * period_month.weight_before + period_month.weights)
                // (2 * period_month.weights)
        )::hugeint as cents
    from arriving
    inner join period_month on arriving.period = period_month.word
    where arriving.quota >= 0
),

monthly as (
    select
        spread.line, spread.person_id, spread.month_on, spread.product_line, spread.basis,
        (((2 * spread.cents * coalesce(part.millionths, 1000000) + 1000000) // 2000000)::bigint * 0.01::decimal(3, 2))::decimal(18, 2)
            as quota_usd
    from spread
    left join part on $is_prorated and spread.person_id = part.person_id and spread.month_on = part.month_on
)

select
    monthly.*,
    coalesce(known.until_on, date '9999-12-31') as until_on,
    known.quota_usd as known_usd,
    case
        when known.person_id is null then 'new'
        when known.quota_usd is distinct from monthly.quota_usd then 'changed'
        else 'unchanged'
    end as kind
from monthly
left join known
    on monthly.person_id = known.person_id
    and monthly.month_on = known.month_on
    and monthly.product_line = known.product_line
    and monthly.basis = known.basis
