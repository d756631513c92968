-- The exports in order, without the one that comes, and between them those that left something unsaid.
create or replace temp table telling as
select
    said.deal_id, said.day, 1 as rank, said.place, said.batch_id, 'said' as kind, said.tells,
    said.deal_name, said.owner_id, said.account_id, said.stage_name, said.pipeline, said.forecast_category,
    said.created_on, said.stage_entered_on, said.close_on, said.closed_on, said.amount, said.currency, said.mrr_usd,
    said.nrc_usd, said.term_months, said.product_id, said.product_line, said.channel, said.partner, said.deal_type,
    said.lead_source, said.next_step, said.probability, said.loss_reason, said.outcome
from said

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
