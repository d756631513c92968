-- What an export of deals would do: who and what its words mean (arriving), what is known (known),
-- what each deal would become, and from which day (becoming). Nothing but temporary views: whether the
-- last one is worth a table depends on what is known.

set variable arriving_paths = $paths;
set variable arriving_fields = $carried;
set variable arriving_on = $exported_on::date;
set variable full_on = $previous_on::date;
set variable in_currency = $reporting_currency;

-- A deal without a key of its own goes by its id. A name alone does not stand for somebody whom the CRM knows under another id.
create or replace temp view arriving as
with numbered as (
    select distinct target_id from called where entity = 'person' and kind = 'id'
)
select
    row.* replace (coalesce(row.deal_key, row.deal_id) as deal_key),
    coalesce(owner_by_id.target_id, owner_by_email.target_id, owner_by_name.target_id, row.owner_ref) as person_id,
    coalesce(account_by_id.target_id, account_by_name.target_id, row.account_ref) as customer_id,
    coalesce(product_by_name.target_id, row.product_ref) as item_id
from read_parquet(getvariable('arriving_paths'), union_by_name = true) as row
left join called as owner_by_id
    on owner_by_id.entity = 'person' and owner_by_id.kind = 'id' and owner_by_id.alias_key = row.owner_id
left join called as owner_by_email
    on owner_by_email.entity = 'person' and owner_by_email.kind = 'email' and owner_by_email.alias_key = row.owner_email_key
left join called as owner_by_name
    on owner_by_name.entity = 'person' and owner_by_name.kind = 'name' and owner_by_name.alias_key = row.owner_key
    and (row.owner_id is null or owner_by_name.target_id not in (select target_id from numbered))
left join called as account_by_id
    on account_by_id.entity = 'account' and account_by_id.kind = 'id' and account_by_id.alias_key = row.account_id
left join called as account_by_name
    on account_by_name.entity = 'account' and account_by_name.kind = 'name' and account_by_name.alias_key = row.account_key
    and row.account_id is null
left join called as product_by_name
    on product_by_name.entity = 'product' and product_by_name.kind = 'name' and product_by_name.alias_key = row.product_key;

create or replace temp view known as
select * from deal_version where superseded_at is null and valid_to = date '9999-12-31';

-- A field without a column stays as it was. Money in another currency has no dollar amount until there is a
-- rate: never one to one.
create or replace temp view becoming as
with valued as (
    select
        row.deal_key as deal_id,
        row.line,
        row.account as account_name,
        case when list_contains(getvariable('arriving_fields'), 'deal_name') then row.deal_name else known.deal_name end as deal_name,
        case when list_contains(getvariable('arriving_fields'), 'owner') or list_contains(getvariable('arriving_fields'), 'owner_id') or list_contains(getvariable('arriving_fields'), 'owner_email') then row.person_id else known.owner_id end as owner_id,
        case when list_contains(getvariable('arriving_fields'), 'account') or list_contains(getvariable('arriving_fields'), 'account_id') then row.customer_id else known.account_id end as account_id,
        row.stage_name,
        case when list_contains(getvariable('arriving_fields'), 'pipeline') then coalesce(row.pipeline, '') else coalesce(known.pipeline, '') end as pipeline,
        row.outcome,
        case when list_contains(getvariable('arriving_fields'), 'forecast_category') then row.forecast_category else known.forecast_category end as forecast_category,
        case when list_contains(getvariable('arriving_fields'), 'created_on') then row.created_on else known.created_on end as created_on,
        case when list_contains(getvariable('arriving_fields'), 'stage_entered_on') then row.stage_entered_on else known.stage_entered_on end as stage_entered_on,
        case when list_contains(getvariable('arriving_fields'), 'close_on') then row.close_on else known.close_on end as close_on,
        case when list_contains(getvariable('arriving_fields'), 'closed_on') then row.closed_on else known.closed_on end as closed_on,
        case when list_contains(getvariable('arriving_fields'), 'amount') or list_contains(getvariable('arriving_fields'), 'amount_actual') then row.amount_file else known.amount end as amount,
        case when list_contains(getvariable('arriving_fields'), 'currency') then upper(row.currency) else known.currency end as currency,
        case when list_contains(getvariable('arriving_fields'), 'mrr') then row.mrr else known.mrr_usd end as mrr_usd,
        case when list_contains(getvariable('arriving_fields'), 'nrc') then row.nrc else known.nrc_usd end as nrc_usd,
        case when list_contains(getvariable('arriving_fields'), 'term_months') then row.term_months else known.term_months end as term_months,
        case when list_contains(getvariable('arriving_fields'), 'product') then row.item_id else known.product_id end as product_id,
        case when list_contains(getvariable('arriving_fields'), 'product_line') then row.product_line else known.product_line end as product_line,
        case when list_contains(getvariable('arriving_fields'), 'channel') then row.channel else known.channel end as channel,
        case when list_contains(getvariable('arriving_fields'), 'partner') then row.partner else known.partner end as partner,
        case when list_contains(getvariable('arriving_fields'), 'deal_type') then row.deal_type else known.deal_type end as deal_type,
        case when list_contains(getvariable('arriving_fields'), 'lead_source') then row.lead_source else known.lead_source end as lead_source,
        case when list_contains(getvariable('arriving_fields'), 'next_step') then row.next_step else known.next_step end as next_step,
        case when list_contains(getvariable('arriving_fields'), 'probability') then row.probability else known.probability end as probability,
        case when list_contains(getvariable('arriving_fields'), 'loss_reason') then row.loss_reason else known.loss_reason end as loss_reason
    from arriving as row
    left join known on row.deal_key = known.deal_id
),

priced as (
    select
        valued.*,
        case when coalesce(valued.currency, getvariable('in_currency')) = getvariable('in_currency') then valued.amount end as amount_usd,
        coalesce(valued.closed_on, valued.close_on) as decided_on,
        -- The last export before this one that would have shown the change.
        coalesce(sighted.sighted_on, getvariable('full_on')) as before_on
    from valued
    left join sighted on valued.deal_id = sighted.deal_id
),

judged as (
    select
        priced.*,
        known.valid_from as known_from,
        known.outcome as known_outcome,
        case
            when known.deal_id is null then 'new'
            when (
                priced.deal_name, priced.owner_id, priced.account_id, priced.stage_name, priced.pipeline, priced.outcome,
                priced.forecast_category, priced.created_on, priced.stage_entered_on, priced.close_on, priced.closed_on,
                priced.amount, priced.currency, priced.mrr_usd, priced.nrc_usd, priced.term_months, priced.product_id,
                priced.product_line, priced.channel, priced.partner, priced.deal_type, priced.lead_source,
                priced.next_step, priced.probability, priced.loss_reason
            ) is not distinct from (
                known.deal_name, known.owner_id, known.account_id, known.stage_name, known.pipeline, known.outcome,
                known.forecast_category, known.created_on, known.stage_entered_on, known.close_on, known.closed_on,
                known.amount, known.currency, known.mrr_usd, known.nrc_usd, known.term_months, known.product_id,
                known.product_line, known.channel, known.partner, known.deal_type, known.lead_source,
                known.next_step, known.probability, known.loss_reason
            ) then 'unchanged'
            when known.outcome <> 'open' and priced.outcome = 'open' then 'reopened'
            else 'changed'
        end as kind,
        -- Credit stays with the owner of the closing day when a decided deal changes hands.
        case
            when priced.outcome in ('won', 'lost') and known.outcome = priced.outcome then known.credited_id
            else priced.owner_id
        end as credited_id,
        case
            when priced.outcome in ('won', 'lost')
                and known.outcome is distinct from priced.outcome
                and priced.decided_on > priced.before_on and priced.decided_on <= getvariable('arriving_on')
                then priced.decided_on
            when priced.outcome = 'open'
                and known.stage_name is distinct from priced.stage_name
                and priced.stage_entered_on > priced.before_on and priced.stage_entered_on <= getvariable('arriving_on')
                then priced.stage_entered_on
            when known.deal_id is null
                and priced.outcome = 'open'
                and priced.created_on > priced.before_on and priced.created_on <= getvariable('arriving_on')
                then priced.created_on
            else getvariable('arriving_on')
        end as proven_on
    from priced
    left join known on priced.deal_id = known.deal_id
)

select
    judged.*,
    greatest(judged.proven_on, coalesce(judged.known_from, judged.proven_on)) as starts_on,
    case
        when judged.kind = 'new' and judged.created_on > judged.before_on and judged.created_on < judged.proven_on
            then judged.created_on
    end as first_seen_on
from judged
