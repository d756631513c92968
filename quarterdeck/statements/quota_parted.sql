-- Whose quota of a longer period reaches into months in which they fill less than a whole position.
with part as (
    select unnest($part_people::varchar[]) as person_id, unnest($part_months::date[]) as month_on, unnest($parts::bigint[]) as millionths
),

period_month as (
    select unnest($words::varchar[]) as word, unnest($months::date[]) as month_on
),

spread as (
    select period_month.word
    from period_month
    group by period_month.word
    having count(*) > 1
)

select min(member.person_name) as person_name, count(distinct arriving.member_id) as people
from arriving
inner join spread on arriving.period = spread.word
inner join period_month on arriving.period = period_month.word
inner join part on arriving.member_id = part.person_id and period_month.month_on = part.month_on
inner join person as member on arriving.member_id = member.person_id and member.superseded_at is null
where arriving.quota is not null and part.millionths < 1000000
having count(*) > 0
