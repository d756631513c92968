with listed as (
    select 'new' as kind, account_name as label, 'industry' as field, null as old, industry as new
    from moving
    where kind = 'new'
    union all
    select 'changed', moving.account_name, 'industry', known.industry, moving.industry
    from moving inner join known on moving.account_id = known.account_id
    where moving.kind = 'changed' and known.industry is distinct from moving.industry
    union all
    select 'changed', moving.account_name, 'segment', known.segment, moving.segment
    from moving inner join known on moving.account_id = known.account_id
    where moving.kind = 'changed' and known.segment is distinct from moving.segment
    union all
    select 'changed', moving.account_name, 'module', known.module, moving.module
    from moving inner join known on moving.account_id = known.account_id
    where moving.kind = 'changed' and known.module is distinct from moving.module
    union all
    select 'changed', moving.account_name, 'employees', known.employees::varchar, moving.employees::varchar
    from moving inner join known on moving.account_id = known.account_id
    where moving.kind = 'changed' and known.employees is distinct from moving.employees
    union all
    select 'changed', moving.account_name, 'revenue', known.revenue_usd::varchar, moving.revenue_usd::varchar
    from moving inner join known on moving.account_id = known.account_id
    where moving.kind = 'changed' and known.revenue_usd is distinct from moving.revenue_usd
)
select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by label, field) <= 50
order by kind, label, field
