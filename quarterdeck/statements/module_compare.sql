-- What a file of modules of accounts says: who and what its words mean, and the links it tells. Temporary tables only.

create or replace temp table arriving as
select
    row.*,
    coalesce(account_by_id.target_id, account_by_name.target_id, row.account_ref) as customer_id,
    coalesce(owner_by_id.target_id, owner_by_email.target_id, owner_by_name.target_id, row.owner_ref) as person_id
from read_parquet($path) as row
left join called as account_by_id
    on account_by_id.entity = 'account' and account_by_id.kind = 'id' and account_by_id.alias_key = row.account
left join called as account_by_name
    on account_by_name.entity = 'account' and account_by_name.kind = 'name' and account_by_name.alias_key = row.account_key
left join called as owner_by_id
    on owner_by_id.entity = 'person' and owner_by_id.kind = 'id' and owner_by_id.alias_key = row.owner
left join called as owner_by_email
    on owner_by_email.entity = 'person' and owner_by_email.kind = 'email' and owner_by_email.alias_key = row.owner_key
left join called as owner_by_name
    on owner_by_name.entity = 'person' and owner_by_name.kind = 'name' and owner_by_name.alias_key = row.owner_key
where row.module_ref is not null;

create or replace temp table known as
select * from module where superseded_at is null;

-- A row's day is its valid_from, else the export's; beside rows with days an account's row without one comes first.
-- The day of a row that places an account is its owner's too where the file tells of several owners, or where it is
-- news since the previous export: a module that changed hands lately lists its accounts with their old days.
create or replace temp table pointing as
with dated as (
    select
        arriving.*,
        min(valid_from) over (partition by customer_id) as placed_on,
        min(person_id) over (partition by module_ref) <> max(person_id) over (partition by module_ref) as is_history
    from arriving
)

select
    'account' as link, customer_id as subject_id, module_ref as target_id,
    coalesce(valid_from, case when placed_on <= $exported_on::date then placed_on - 1 else $exported_on::date end) as from_on,
    line
from dated
where customer_id is not null

union all

select
    'module', module_ref, person_id,
    case when customer_id is null or is_history or valid_from > $previous_on then coalesce(valid_from, $exported_on::date) else $exported_on::date end,
    line
from dated
where person_id is not null
