with account_name as (
    select account_id, account_name from account_version where superseded_at is null and valid_to = date '9999-12-31'
    union
    select customer_id, min(account) from arriving
    where customer_id not in (select version.account_id from account_version as version where version.superseded_at is null)
    group by customer_id
),

listed as (
    select 'new' as kind, moving.contact_name as label, 'account' as field, null as old, becomes.account_name as new
    from moving
    left join account_name as becomes on moving.account_id = becomes.account_id
    where moving.kind = 'new'
    union all
    select 'changed', moving.contact_name, 'account', was.account_name, becomes.account_name
    from moving
    inner join known on moving.contact_id = known.contact_id
    left join account_name as was on known.account_id = was.account_id
    left join account_name as becomes on moving.account_id = becomes.account_id
    where moving.kind = 'changed' and known.account_id is distinct from moving.account_id
    union all
    select 'changed', moving.contact_name, 'name', known.contact_name, moving.contact_name
    from moving inner join known on moving.contact_id = known.contact_id
    where moving.kind = 'changed' and known.contact_name <> moving.contact_name
    union all
    select 'changed', moving.contact_name, 'role', known.role, moving.role
    from moving inner join known on moving.contact_id = known.contact_id
    where moving.kind = 'changed' and known.role is distinct from moving.role
    union all
    select 'changed', moving.contact_name, 'email', known.email, moving.email
    from moving inner join known on moving.contact_id = known.contact_id
    where moving.kind = 'changed' and known.email is distinct from moving.email
    union all
    select 'changed', moving.contact_name, 'influence', known.influence, moving.influence
    from moving inner join known on moving.contact_id = known.contact_id
    where moving.kind = 'changed' and known.influence is distinct from moving.influence
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by label, field, new) <= 50
order by kind, label, field, new
