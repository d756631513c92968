with listed as (
    select
        case max(case moving.kind when 'new' then 2 when 'changed' then 1 else 0 end) when 2 then 'new' when 1 then 'changed' else 'unchanged' end as kind,
        min(coalesce(arriving.person, arriving.person_id)) as label,
        min(arriving.period) as field,
        sum(moving.known_usd)::varchar as old,
        sum(moving.quota_usd)::varchar as new
    from moving
    inner join arriving on moving.line = arriving.line
    group by moving.line
)
select kind, label, field, old, new
from listed
where kind <> 'unchanged'
qualify row_number() over (partition by kind order by label, field) <= 50
order by kind, label, field
