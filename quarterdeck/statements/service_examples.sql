with account_name as (
    select account_id, account_name from account_version where superseded_at is null and valid_to = date '9999-12-31'
),

label as (
    select
        moving.*,
        coalesce(account_name.account_name, arriving.account, moving.service_id)
            || coalesce(', ' || product.product_name, ', ' || arriving.product, '') as label
    from moving
    left join arriving on moving.service_id = arriving.service_key
    left join account_name on moving.account_id = account_name.account_id
    left join product on moving.product_id = product.product_id and product.superseded_at is null
    qualify row_number() over (partition by moving.service_id order by arriving.line desc) = 1
),

listed as (
    select 'new' as kind, label.label, 'mrr' as field, null as old, label.mrr_usd::varchar as new, label.mrr_usd
    from label
    where label.kind = 'new'
    union all
    select 'changed', label.label, 'mrr', known.mrr_usd::varchar, label.mrr_usd::varchar, label.mrr_usd
    from label inner join known on label.service_id = known.service_id
    where label.kind = 'changed' and known.mrr_usd is distinct from label.mrr_usd
    union all
    select 'changed', label.label, 'renewal_on', known.renewal_on::varchar, label.renewal_on::varchar, label.mrr_usd
    from label inner join known on label.service_id = known.service_id
    where label.kind = 'changed' and known.renewal_on is distinct from label.renewal_on
    union all
    select 'changed', label.label, 'disconnected_on', known.disconnected_on::varchar, label.disconnected_on::varchar, label.mrr_usd
    from label inner join known on label.service_id = known.service_id
    where label.kind = 'changed' and known.disconnected_on is distinct from label.disconnected_on
    union all
    select 'changed', label.label, 'activated_on', known.activated_on::varchar, label.activated_on::varchar, label.mrr_usd
    from label inner join known on label.service_id = known.service_id
    where label.kind = 'changed' and known.activated_on is distinct from label.activated_on
    union all
    select 'changed', label.label, 'other details', null, 'changed', label.mrr_usd
    from label inner join known on label.service_id = known.service_id
    where label.kind = 'changed'
      and (label.account_id, label.product_id, label.nrc_usd, label.term_months)
          is distinct from (known.account_id, known.product_id, known.nrc_usd, known.term_months)
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by mrr_usd desc nulls last, label, field) <= 50
order by kind, mrr_usd desc nulls last, label, field
