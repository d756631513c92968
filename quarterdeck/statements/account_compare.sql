-- What a file of accounts would do. Temporary tables only.

create or replace temp table arriving as
-- What a word for a parent stands for: an id before a name.
with parent as (
    select alias_key, min(kind || ' ' || target_id) as place, arg_min(target_id, kind || ' ' || target_id) as target_id
    from called
    where entity = 'account' and kind in ('name', 'id')
    group by alias_key
)
select
    row.*,
    coalesce(by_id.target_id, by_name.target_id, row.account_ref) as customer_id,
    coalesce(
        case when parent_by_word.place < parent_by_key.place then parent_by_word.target_id end,
        parent_by_key.target_id, parent_by_word.target_id, row.parent_ref
    ) as parent_id,
    coalesce(owner_by_name.target_id, row.owner_ref) as person_id
from read_parquet($path) as row
left join called as by_id
    on by_id.entity = 'account' and by_id.kind = 'id' and by_id.alias_key = row.account_id
left join called as by_name
    on by_name.entity = 'account' and by_name.kind = 'name' and by_name.alias_key = row.account_key
    and (
        row.account_id is null
        or by_name.target_id not in (select target_id from called where entity = 'account' and kind = 'id')
    )
left join parent as parent_by_key on row.parent_key = parent_by_key.alias_key
left join parent as parent_by_word on row.parent = parent_by_word.alias_key
left join called as owner_by_name
    on owner_by_name.entity = 'person' and owner_by_name.kind = 'name' and owner_by_name.alias_key = row.owner_key;

create or replace temp table known as
select * from account_version where superseded_at is null and valid_to = date '9999-12-31';

create or replace temp table moving as
with becoming as (
    select
        row.customer_id as account_id,
        coalesce(row.account, known.account_name, row.account_id) as account_name,
        case when list_contains($carried, 'parent') then row.parent_id else known.parent_id end as parent_id,
        case when list_contains($carried, 'industry') then row.industry else known.industry end as industry,
        case when list_contains($carried, 'segment') then row.segment else known.segment end as segment,
        case when list_contains($carried, 'is_strategic') then row.is_strategic else known.is_strategic end as is_strategic,
        case when list_contains($carried, 'owner') then row.person_id else known.owner_id end as owner_id,
        case when list_contains($carried, 'street') then row.street else known.street end as street,
        case when list_contains($carried, 'city') then row.city else known.city end as city,
        case when list_contains($carried, 'state') then row.state else known.state end as state,
        case when list_contains($carried, 'zip') then row.zip else known.zip end as zip,
        case when list_contains($carried, 'phone') then row.phone else known.phone end as phone,
        case when list_contains($carried, 'website') then row.website else known.website end as website,
        case when list_contains($carried, 'employees') then row.employees else known.employees end as employees,
        case when list_contains($carried, 'revenue') then row.revenue else known.revenue_usd end as revenue_usd,
        case when list_contains($carried, 'potential') then row.potential else known.potential_usd end as potential_usd,
        case when list_contains($carried, 'module') then row.module else known.module end as module,
        row.module_ref,
        row.line
    from arriving as row
    left join known on row.customer_id = known.account_id
    qualify row_number() over (partition by row.customer_id order by row.line desc) = 1
)

select
    becoming.*,
    known.valid_from as known_from,
    case
        when known.account_id is null then 'new'
        when (
            becoming.account_name, becoming.parent_id, becoming.industry, becoming.segment, becoming.is_strategic,
            becoming.owner_id, becoming.street, becoming.city, becoming.state, becoming.zip, becoming.phone,
            becoming.website, becoming.employees, becoming.revenue_usd, becoming.potential_usd, becoming.module
        ) is not distinct from (
            known.account_name, known.parent_id, known.industry, known.segment, known.is_strategic,
            known.owner_id, known.street, known.city, known.state, known.zip, known.phone,
            known.website, known.employees, known.revenue_usd, known.potential_usd, known.module
        ) then 'unchanged'
        else 'changed'
    end as kind,
    -- Where each known cell is empty or the same, the file only says more: that has always been so.
    known.account_id is not null
        and (known.parent_id is null or known.parent_id is not distinct from becoming.parent_id)
        and (known.industry is null or known.industry is not distinct from becoming.industry)
        and (known.segment is null or known.segment is not distinct from becoming.segment)
        and (known.is_strategic is null or known.is_strategic is not distinct from becoming.is_strategic)
        and (known.owner_id is null or known.owner_id is not distinct from becoming.owner_id)
        and (known.city is null or known.city is not distinct from becoming.city)
        and (known.state is null or known.state is not distinct from becoming.state)
        and (known.zip is null or known.zip is not distinct from becoming.zip)
        and (known.employees is null or known.employees is not distinct from becoming.employees)
        and (known.revenue_usd is null or known.revenue_usd is not distinct from becoming.revenue_usd)
        and (known.potential_usd is null or known.potential_usd is not distinct from becoming.potential_usd)
        and (known.module is null or known.module is not distinct from becoming.module)
        as says_more_only
from becoming
left join known on becoming.account_id = known.account_id;

-- The module a file newly names for an account, or no longer names.
create or replace temp table pointing as
select 'account' as link, moving.account_id as subject_id, moving.module_ref as target_id, $exported_on::date as from_on, moving.line
from moving
left join known on moving.account_id = known.account_id
where list_contains($carried, 'module')
  and (
      moving.module is distinct from known.module
      or (
          moving.module_ref is not null
          and moving.account_id not in (select link.account_id from module_account as link where link.superseded_at is null)
      )
  )
