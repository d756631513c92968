-- Every standing export of deals in its place, the arriving one among them and without the one taken back, with the
-- columns of deal_version that each tells of.
create or replace temp table exports as
with listed as (
    select
        batch.batch_id, batch.exported_on as day, batch.extent, batch.committed_at,
        coalesce(batch.carried, []::varchar[]) as carried
    from import_batch as batch
    where batch.entity = 'deal' and batch.undone_at is null and batch.batch_id is distinct from $dropping

    union all

    select 'arriving', $exported_on::date, case when $is_full then 'full' else 'partial' end, timestamp '9999-12-31', $carried::varchar[]
    where $is_arriving
)

select
    batch_id, day, extent,
    row_number() over (order by day, committed_at, batch_id) as place,
    list_concat(
        carried,
        ['stage_name', 'outcome'],
        case when list_has_any(carried, ['owner', 'owner_email']) then ['owner_id'] else []::varchar[] end,
        case when list_contains(carried, 'account') then ['account_id'] else []::varchar[] end,
        case when list_contains(carried, 'amount_actual') then ['amount'] else []::varchar[] end,
        case when list_contains(carried, 'mrr') then ['mrr_usd'] else []::varchar[] end,
        case when list_contains(carried, 'nrc') then ['nrc_usd'] else []::varchar[] end,
        case when list_contains(carried, 'product') then ['product_id'] else []::varchar[] end
    ) as tells
from listed
