-- The changed cells, old and new, largest deals first, and the deals that come and go: fifty of each.
-- No more than the thousand largest changed deals are looked at: each has a changed cell, if not always a visible one.
with named as (
    select person_id, person_name from person where superseded_at is null
    union
    select arriving.person_id, min(coalesce(arriving.owner, arriving.owner_id)) from arriving
    where arriving.person_id not in (select person.person_id from person where person.superseded_at is null)
    group by arriving.person_id
),

label as (
    select turning.*, coalesce(turning.deal_name, turning.account_name, turning.deal_id) as label
    from turning
),

altered as (
    select label.* from label where label.kind = 'changed' order by label.amount_usd desc nulls last, label.label limit 1000
),

reopened as (
    select label.* from label where label.kind = 'reopened' order by label.amount_usd desc nulls last, label.label limit 1000
),

shown as (
    select altered.* from altered
    union all
    select reopened.* from reopened
),

was as (
    select known.* from known where known.deal_id in (select shown.deal_id from shown)
),

cells as (
    select shown.kind, shown.label, 'stage' as field, was.stage_name as old, shown.stage_name as new, shown.amount_usd
    from shown inner join was on shown.deal_id = was.deal_id
    union all
    select shown.kind, shown.label, 'outcome', was.outcome, shown.outcome, shown.amount_usd
    from shown inner join was on shown.deal_id = was.deal_id
    union all
    select shown.kind, shown.label, 'amount', was.amount::varchar, shown.amount::varchar, shown.amount_usd
    from shown inner join was on shown.deal_id = was.deal_id
    union all
    select shown.kind, shown.label, 'close_on', was.close_on::varchar, shown.close_on::varchar, shown.amount_usd
    from shown inner join was on shown.deal_id = was.deal_id
    union all
    select shown.kind, shown.label, 'closed_on', was.closed_on::varchar, shown.closed_on::varchar, shown.amount_usd
    from shown inner join was on shown.deal_id = was.deal_id
    union all
    select shown.kind, shown.label, 'owner', from_name.person_name, to_name.person_name, shown.amount_usd
    from shown
    inner join was on shown.deal_id = was.deal_id
    left join named as from_name on was.owner_id = from_name.person_id
    left join named as to_name on shown.owner_id = to_name.person_id
    union all
    select shown.kind, shown.label, 'next_step', was.next_step, shown.next_step, shown.amount_usd
    from shown inner join was on shown.deal_id = was.deal_id
    union all
    select shown.kind, shown.label, 'other details', null, 'changed', shown.amount_usd
    from shown
    inner join was on shown.deal_id = was.deal_id
    where (
        shown.deal_name, shown.account_id, shown.pipeline, shown.forecast_category, shown.created_on, shown.stage_entered_on,
        shown.currency, shown.mrr_usd, shown.nrc_usd, shown.term_months, shown.product_id, shown.product_line,
        shown.channel, shown.partner, shown.deal_type, shown.lead_source, shown.probability, shown.loss_reason
    ) is distinct from (
        was.deal_name, was.account_id, was.pipeline, was.forecast_category, was.created_on, was.stage_entered_on,
        was.currency, was.mrr_usd, was.nrc_usd, was.term_months, was.product_id, was.product_line,
        was.channel, was.partner, was.deal_type, was.lead_source, was.probability, was.loss_reason
    )
),

fresh as (
    select 'new' as kind, label.label, 'stage' as field, null as old, label.stage_name as new, label.amount_usd
    from label
    where label.kind = 'new'
    order by label.amount_usd desc nulls last, label.label
    limit 50
),

listed as (
    select cells.kind, cells.label, cells.field, cells.old, cells.new, cells.amount_usd
    from cells
    where cells.old is distinct from cells.new
    union all
    select fresh.kind, fresh.label, fresh.field, fresh.old, fresh.new, fresh.amount_usd from fresh
    union all
    select 'gone', coalesce(going.deal_name, going.deal_id), 'stage', going.stage_name, 'removed', going.amount_usd
    from going
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by amount_usd desc nulls last, label, field) <= 50
order by kind, amount_usd desc nulls last, label, field
