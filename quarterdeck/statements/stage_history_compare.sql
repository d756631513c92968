-- What a file of events would do. Temporary tables only.

-- A deal is found by its id, or by a name that only one deal has.
create or replace temp table arriving as
with named as (
    select lower(trim(version.deal_name)) as word, min(version.deal_id) as deal_id
    from deal_version as version
    where version.superseded_at is null and version.deal_name is not null
    group by lower(trim(version.deal_name))
    having count(distinct version.deal_id) = 1
),

known as (
    select distinct version.deal_id from deal_version as version where version.superseded_at is null
)

select
    row.place as line, row.happened_at, row.stage as stage_name, row.outcome, row.amount, row.close_on, row.owner, row.owner_key,
    coalesce(by_id.deal_id, by_name.deal_id, row.deal) as deal_id,
    coalesce(person_by_id.target_id, person_by_email.target_id, person_by_name.target_id, row.owner_ref) as person_id,
    by_id.deal_id is not null or by_name.deal_id is not null as is_known
from read_parquet($path) as row
left join known as by_id on row.deal = by_id.deal_id
left join named as by_name on row.deal_key = by_name.word
left join called as person_by_id
    on person_by_id.entity = 'person' and person_by_id.kind = 'id' and person_by_id.alias_key = row.owner
left join called as person_by_email
    on person_by_email.entity = 'person' and person_by_email.kind = 'email' and person_by_email.alias_key = row.owner_key
left join called as person_by_name
    on person_by_name.entity = 'person' and person_by_name.kind = 'name' and person_by_name.alias_key = row.owner_key;

-- The same event of an earlier file changes nothing.
create or replace temp table happening_now as
select
    arriving.*,
    case
        when exists (
            select 1
            from deal_event as event
            where event.superseded_at is null
              and event.deal_id = arriving.deal_id
              and event.happened_at = arriving.happened_at
              and event.stage_name is not distinct from arriving.stage_name
              and event.amount is not distinct from arriving.amount
              and event.close_on is not distinct from arriving.close_on
              and event.owner_id is not distinct from arriving.person_id
        ) then 'unchanged'
        when arriving.is_known then 'changed'
        else 'new'
    end as kind
from arriving
