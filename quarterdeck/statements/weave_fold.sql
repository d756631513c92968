-- The state of each deal after each word about it: a field that nothing was said of stays as it was.
create or replace temp table folded as
with stated as (
    select
        telling.deal_id, telling.day, telling.rank, telling.place, telling.batch_id, telling.kind,
        last_value(case when list_contains(telling.tells, 'outcome') then telling.outcome end ignore nulls) over told as heard,
        last_value(case when telling.kind = 'missing' then true when list_contains(telling.tells, 'outcome') then false end ignore nulls) over told as is_gone,
        max(case when telling.kind = 'said' then 1 else 0 end) over told = 0 as is_before_exports,
    struct_extract(last_value(case when list_contains(telling.tells, 'deal_name') then {'v': telling.deal_name} end ignore nulls) over told, 'v') as deal_name,
    struct_extract(last_value(case when list_contains(telling.tells, 'owner_id') then {'v': telling.owner_id} end ignore nulls) over told, 'v') as owner_id,
    struct_extract(last_value(case when list_contains(telling.tells, 'account_id') then {'v': telling.account_id} end ignore nulls) over told, 'v') as account_id,
    struct_extract(last_value(case when list_contains(telling.tells, 'stage_name') then {'v': telling.stage_name} end ignore nulls) over told, 'v') as stage_name,
    struct_extract(last_value(case when list_contains(telling.tells, 'pipeline') then {'v': telling.pipeline} end ignore nulls) over told, 'v') as pipeline,
    struct_extract(last_value(case when list_contains(telling.tells, 'forecast_category') then {'v': telling.forecast_category} end ignore nulls) over told, 'v') as forecast_category,
    struct_extract(last_value(case when list_contains(telling.tells, 'created_on') then {'v': telling.created_on} end ignore nulls) over told, 'v') as created_on,
    struct_extract(last_value(case when list_contains(telling.tells, 'stage_entered_on') then {'v': telling.stage_entered_on} end ignore nulls) over told, 'v') as stage_entered_on,
    struct_extract(last_value(case when list_contains(telling.tells, 'close_on') then {'v': telling.close_on} end ignore nulls) over told, 'v') as close_on,
    struct_extract(last_value(case when list_contains(telling.tells, 'closed_on') then {'v': telling.closed_on} end ignore nulls) over told, 'v') as closed_on,
    struct_extract(last_value(case when list_contains(telling.tells, 'amount') then {'v': telling.amount} end ignore nulls) over told, 'v') as amount,
    struct_extract(last_value(case when list_contains(telling.tells, 'currency') then {'v': telling.currency} end ignore nulls) over told, 'v') as currency,
    struct_extract(last_value(case when list_contains(telling.tells, 'mrr_usd') then {'v': telling.mrr_usd} end ignore nulls) over told, 'v') as mrr_usd,
    struct_extract(last_value(case when list_contains(telling.tells, 'nrc_usd') then {'v': telling.nrc_usd} end ignore nulls) over told, 'v') as nrc_usd,
    struct_extract(last_value(case when list_contains(telling.tells, 'term_months') then {'v': telling.term_months} end ignore nulls) over told, 'v') as term_months,
    struct_extract(last_value(case when list_contains(telling.tells, 'product_id') then {'v': telling.product_id} end ignore nulls) over told, 'v') as product_id,
    struct_extract(last_value(case when list_contains(telling.tells, 'product_line') then {'v': telling.product_line} end ignore nulls) over told, 'v') as product_line,
    struct_extract(last_value(case when list_contains(telling.tells, 'channel') then {'v': telling.channel} end ignore nulls) over told, 'v') as channel,
    struct_extract(last_value(case when list_contains(telling.tells, 'partner') then {'v': telling.partner} end ignore nulls) over told, 'v') as partner,
    struct_extract(last_value(case when list_contains(telling.tells, 'deal_type') then {'v': telling.deal_type} end ignore nulls) over told, 'v') as deal_type,
    struct_extract(last_value(case when list_contains(telling.tells, 'lead_source') then {'v': telling.lead_source} end ignore nulls) over told, 'v') as lead_source,
    struct_extract(last_value(case when list_contains(telling.tells, 'next_step') then {'v': telling.next_step} end ignore nulls) over told, 'v') as next_step,
    struct_extract(last_value(case when list_contains(telling.tells, 'probability') then {'v': telling.probability} end ignore nulls) over told, 'v') as probability,
    struct_extract(last_value(case when list_contains(telling.tells, 'loss_reason') then {'v': telling.loss_reason} end ignore nulls) over told, 'v') as loss_reason
    from telling
    window told as (partition by telling.deal_id order by telling.day, telling.rank, telling.place rows between unbounded preceding and current row)
)

select
    stated.* exclude (heard, is_gone) replace (coalesce(stated.pipeline, '') as pipeline),
    case when stated.heard = 'open' and stated.is_gone then 'removed' else stated.heard end as outcome
from stated
