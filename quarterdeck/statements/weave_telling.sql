-- All that is said of the deals at hand, in order: on one day the events before the exports.
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
    adding.deal_name, adding.owner_id, adding.account_id, adding.stage_name, adding.pipeline,
    adding.forecast_category, adding.created_on, adding.stage_entered_on, adding.close_on, adding.closed_on,
    adding.amount, adding.currency, adding.mrr_usd, adding.nrc_usd, adding.term_months, adding.product_id,
    adding.product_line, adding.channel, adding.partner, adding.deal_type, adding.lead_source, adding.next_step,
    adding.probability, adding.loss_reason, adding.outcome
from adding
inner join exports as export on adding.batch_id = export.batch_id

union all by name

select
    folded.deal_id, export.day, 1 as rank, export.place, folded.batch_id, 'said' as kind, export.tells,
    folded.deal_name, folded.owner_id, folded.account_id, folded.stage_name, folded.pipeline,
    folded.forecast_category, folded.created_on, folded.stage_entered_on, folded.close_on, folded.closed_on,
    folded.amount, folded.currency, folded.mrr_usd, folded.nrc_usd, folded.term_months, folded.product_id,
    folded.product_line, folded.channel, folded.partner, folded.deal_type, folded.lead_source, folded.next_step,
    folded.probability, folded.loss_reason, folded.outcome
from folded
inner join exports as export on folded.batch_id = export.batch_id
where folded.kind = 'unsaid' and folded.outcome is not null

union all by name

select
    happening.deal_id, happening.day, 0 as rank, 0 as place, happening.batch_id, 'event' as kind, happening.tells,
    happening.stage_name, happening.outcome, happening.amount, happening.close_on, happening.owner_id
from happening

union all by name

select lacking.deal_id, export.day, 1 as rank, export.place, lacking.batch_id, 'missing' as kind, []::varchar[] as tells
from (
    select row.deal_id, row.batch_id from import_row as row where row.superseded_at is null
    union
    select adding_missing.deal_id, adding_missing.batch_id from adding_missing
    union
    select unsaid.deal_id, unsaid.batch_id from unsaid where unsaid.is_missing
) as lacking
inner join exports as export on lacking.batch_id = export.batch_id and export.extent = 'full'
where lacking.deal_id in (select at_hand.deal_id from at_hand)

union all by name

select seeing.deal_id, export.day, 2 as rank, export.place, seeing.batch_id, 'seen' as kind, []::varchar[] as tells
from (
    select row.deal_id, row.batch_id from import_row as row where row.superseded_at is null
    union
    select adding_seen.deal_id, adding_seen.batch_id from adding_seen
) as seeing
inner join exports as export on seeing.batch_id = export.batch_id and export.extent = 'partial'
where seeing.deal_id in (select at_hand.deal_id from at_hand)
