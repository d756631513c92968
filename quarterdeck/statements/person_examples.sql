with listed as (
    select 'new' as kind, moving.person_name as label, 'manager' as field, null as old, managing.manager as new
    from moving
    left join managing on moving.person_id = managing.member_id
    where moving.kind = 'new'
    union all
    select 'changed', moving.person_name, 'manager', was.person_name, coalesce(becomes.person_name, managing.manager)
    from moving
    left join managing on moving.person_id = managing.member_id
    left join known as was on moving.known_manager_id = was.person_id
    left join known as becomes on moving.manager_id = becomes.person_id
    where moving.kind = 'changed' and moving.manager_id is distinct from moving.known_manager_id
    union all
    select 'changed', moving.person_name, 'name', known.person_name, moving.person_name
    from moving inner join known on moving.person_id = known.person_id
    where moving.kind = 'changed' and known.person_name is distinct from moving.person_name
    union all
    select 'changed', moving.person_name, 'region', known.region, moving.region
    from moving inner join known on moving.person_id = known.person_id
    where moving.kind = 'changed' and known.region is distinct from moving.region
    union all
    select 'changed', moving.person_name, 'role', moving.known_role, moving.said_role
    from moving
    where moving.kind = 'changed' and moving.said_role is not null and moving.said_role is distinct from moving.known_role
)
select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by label, field, new) <= 50
order by kind, label, field, new
