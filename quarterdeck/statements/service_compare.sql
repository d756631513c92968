-- What a file of installed services would do. Temporary tables only.

create or replace temp table arriving as
select
    row.*,
    coalesce(account_by_id.target_id, account_by_name.target_id, row.account_ref) as customer_id,
    coalesce(product_by_name.target_id, row.product_ref) as item_id
from read_parquet($path) as row
left join called as account_by_id
    on account_by_id.entity = 'account' and account_by_id.kind = 'id' and account_by_id.alias_key = row.account
left join called as account_by_name
    on account_by_name.entity = 'account' and account_by_name.kind = 'name' and account_by_name.alias_key = row.account_key
left join called as product_by_name
    on product_by_name.entity = 'product' and product_by_name.kind = 'name' and product_by_name.alias_key = row.product_key;

create or replace temp table known as
select * from service where superseded_at is null and valid_to = date '9999-12-31';

create or replace temp table moving as
with becoming as (
    select
        row.service_key as service_id,
        case when list_contains($carried, 'account') then row.customer_id else known.account_id end as account_id,
        case when list_contains($carried, 'product') then row.item_id else known.product_id end as product_id,
        case when list_contains($carried, 'mrr') then row.mrr else known.mrr_usd end as mrr_usd,
        case when list_contains($carried, 'nrc') then row.nrc else known.nrc_usd end as nrc_usd,
        case when list_contains($carried, 'activated_on') then row.activated_on else known.activated_on end as activated_on,
        case when list_contains($carried, 'term_months') then row.term_months else known.term_months end as term_months,
        case when list_contains($carried, 'renewal_on') then row.renewal_on else known.renewal_on end as renewal_on,
        case when list_contains($carried, 'disconnected_on') then row.disconnected_on else known.disconnected_on end as disconnected_on
    from arriving as row
    left join known on row.service_key = known.service_id
    qualify row_number() over (partition by row.service_key order by row.line desc) = 1
)

select
    becoming.*,
    known.valid_from as known_from,
    case
        when known.service_id is null then 'new'
        when (
            becoming.account_id, becoming.product_id, becoming.mrr_usd, becoming.nrc_usd, becoming.activated_on,
            becoming.term_months, becoming.renewal_on, becoming.disconnected_on
        ) is not distinct from (
            known.account_id, known.product_id, known.mrr_usd, known.nrc_usd, known.activated_on,
            known.term_months, known.renewal_on, known.disconnected_on
        ) then 'unchanged'
        else 'changed'
    end as kind,
    -- A first version is known from its activation on, at the latest from the day it was exported.
    least(coalesce(becoming.activated_on, date '0001-01-01'), $exported_on::date) as first_on,
    -- Where each known cell is empty or the same, the file only says more: that has always been so.
    known.service_id is not null
        and (known.account_id is null or known.account_id is not distinct from becoming.account_id)
        and (known.product_id is null or known.product_id is not distinct from becoming.product_id)
        and (known.mrr_usd is null or known.mrr_usd is not distinct from becoming.mrr_usd)
        and (known.nrc_usd is null or known.nrc_usd is not distinct from becoming.nrc_usd)
        and (known.activated_on is null or known.activated_on is not distinct from becoming.activated_on)
        and (known.term_months is null or known.term_months is not distinct from becoming.term_months)
        and (known.renewal_on is null or known.renewal_on is not distinct from becoming.renewal_on)
        and known.disconnected_on is not distinct from becoming.disconnected_on
        as says_more_only
from becoming
left join known on becoming.service_id = known.service_id
