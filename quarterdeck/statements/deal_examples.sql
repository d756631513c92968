-- The changed cells, old and new, largest deals first; and the deals that come and go.
with named as (
    select person_id, person_name from person where superseded_at is null
    union
    select arriving.person_id, min(coalesce(arriving.owner, arriving.owner_id)) from arriving
    where arriving.person_id not in (select person.person_id from person where person.superseded_at is null)
    group by arriving.person_id
),

label as (
    select moving.deal_id, coalesce(moving.deal_name, arriving.account, moving.deal_id) as label
    from moving
    inner join arriving on moving.deal_id = arriving.deal_key
),

cells as (
    select moving.deal_id, moving.kind, 'stage' as field, known.stage_name as old, moving.stage_name as new, moving.amount_usd
    from moving inner join known on moving.deal_id = known.deal_id
    union all
    select moving.deal_id, moving.kind, 'outcome', known.outcome, moving.outcome, moving.amount_usd
    from moving inner join known on moving.deal_id = known.deal_id
    union all
    select moving.deal_id, moving.kind, 'amount', known.amount::varchar, moving.amount::varchar, moving.amount_usd
    from moving inner join known on moving.deal_id = known.deal_id
    union all
    select moving.deal_id, moving.kind, 'close_on', known.close_on::varchar, moving.close_on::varchar, moving.amount_usd
    from moving inner join known on moving.deal_id = known.deal_id
    union all
    select moving.deal_id, moving.kind, 'closed_on', known.closed_on::varchar, moving.closed_on::varchar, moving.amount_usd
    from moving inner join known on moving.deal_id = known.deal_id
    union all
    select moving.deal_id, moving.kind, 'owner', was.person_name, becomes.person_name, moving.amount_usd
    from moving
    inner join known on moving.deal_id = known.deal_id
    left join named as was on known.owner_id = was.person_id
    left join named as becomes on moving.owner_id = becomes.person_id
    union all
    select moving.deal_id, moving.kind, 'next_step', known.next_step, moving.next_step, moving.amount_usd
    from moving inner join known on moving.deal_id = known.deal_id
    union all
    select moving.deal_id, moving.kind, 'other details', null, 'changed', moving.amount_usd
    from moving
    inner join known on moving.deal_id = known.deal_id
    where (
        moving.deal_name, moving.account_id, moving.pipeline, moving.forecast_category, moving.created_on, moving.stage_entered_on,
        moving.currency, moving.mrr_usd, moving.nrc_usd, moving.term_months, moving.product_id, moving.product_line,
        moving.channel, moving.partner, moving.deal_type, moving.lead_source, moving.probability, moving.loss_reason
    ) is distinct from (
        known.deal_name, known.account_id, known.pipeline, known.forecast_category, known.created_on, known.stage_entered_on,
        known.currency, known.mrr_usd, known.nrc_usd, known.term_months, known.product_id, known.product_line,
        known.channel, known.partner, known.deal_type, known.lead_source, known.probability, known.loss_reason
    )
),

listed as (
    select cells.kind, label.label, cells.field, cells.old, cells.new, cells.amount_usd
    from cells
    inner join label on cells.deal_id = label.deal_id
    where cells.kind in ('changed', 'reopened') and cells.old is distinct from cells.new
    union all
    select 'new', label.label, 'stage', null, moving.stage_name, moving.amount_usd
    from moving
    inner join label on moving.deal_id = label.deal_id
    where moving.kind = 'new'
    union all
    select 'gone', coalesce(going.deal_name, going.deal_id), 'stage', going.stage_name, 'removed', going.amount_usd
    from going
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by amount_usd desc nulls last, label, field) <= 50
order by kind, amount_usd desc nulls last, label, field
