-- The exports in order, and between them those that left something unsaid; without the one that comes while what was
-- unsaid before it is looked for.
create or replace temp table telling as
select
    said.deal_id, said.day, 1 as rank, said.place, said.batch_id, 'said' as kind, said.tells,
    said.deal_name, said.owner_id, said.account_id, said.stage_name, said.pipeline, said.forecast_category,
    said.created_on, said.stage_entered_on, said.close_on, said.closed_on, said.amount, said.currency, said.mrr_usd,
    said.nrc_usd, said.term_months, said.product_id, said.product_line, said.channel, said.partner, said.deal_type,
    said.lead_source, said.next_step, said.probability, said.loss_reason, said.outcome
from said

union all by name

select
    adding.deal_id, export.day, 1 as rank, export.place, adding.batch_id, 'said' as kind, export.tells,
    adding.deal_name, adding.owner_id, adding.account_id, adding.stage_name, adding.pipeline, adding.forecast_category,
    adding.created_on, adding.stage_entered_on, adding.close_on, adding.closed_on, adding.amount, adding.currency, adding.mrr_usd,
    adding.nrc_usd, adding.term_months, adding.product_id, adding.product_line, adding.channel, adding.partner, adding.deal_type,
    adding.lead_source, adding.next_step, adding.probability, adding.loss_reason, adding.outcome
from adding
inner join exports as export on adding.batch_id = export.batch_id
where $is_derived or adding.batch_id <> 'arriving'

union all by name

select adding_missing.deal_id, export.day, 1 as rank, export.place, adding_missing.batch_id, 'missing' as kind, []::varchar[] as tells
from adding_missing
inner join exports as export on adding_missing.batch_id = export.batch_id
where $is_derived or adding_missing.batch_id <> 'arriving'

union all by name

select row.deal_id, export.day, 1 as rank, export.place, export.batch_id, 'missing' as kind, []::varchar[] as tells
from import_row as row
inner join exports as export on row.batch_id = export.batch_id and export.extent = 'full'
where row.superseded_at is null and row.deal_id in (select at_hand.deal_id from at_hand)

union all by name

select unsaid.deal_id, export.day, 1 as rank, unsaid.place, unsaid.batch_id, 'unsaid' as kind, []::varchar[] as tells
from unsaid
inner join exports as export on unsaid.place = export.place
where not unsaid.is_missing
