-- What a file of contacts would do. Temporary tables only.

create or replace temp table arriving as
select row.*, coalesce(by_id.target_id, by_name.target_id, row.account_ref) as customer_id
from read_parquet($path) as row
left join called as by_id
    on by_id.entity = 'account' and by_id.kind = 'id' and by_id.alias_key = row.account
left join called as by_name
    on by_name.entity = 'account' and by_name.kind = 'name' and by_name.alias_key = row.account_key;

create or replace temp table known as
select * from contact where superseded_at is null;

create or replace temp table moving as
with becoming as (
    select
        row.contact_key as contact_id,
        case when list_contains($carried, 'account') then row.customer_id else known.account_id end as account_id,
        coalesce(row.name, known.contact_name, row.email, row.contact_id, 'Nameless') as contact_name,
        case when list_contains($carried, 'role') then row.role else known.role end as role,
        case when list_contains($carried, 'email') then row.email else known.email end as email,
        case when list_contains($carried, 'influence') then row.influence else known.influence end as influence
    from arriving as row
    left join known on row.contact_key = known.contact_id
    qualify row_number() over (partition by row.contact_key order by row.line desc) = 1
)

select
    becoming.*,
    case
        when known.contact_id is null then 'new'
        when (becoming.account_id, becoming.contact_name, becoming.role, becoming.email, becoming.influence)
            is distinct from (known.account_id, known.contact_name, known.role, known.email, known.influence) then 'changed'
        else 'unchanged'
    end as kind
from becoming
left join known on becoming.contact_id = known.contact_id
