-- What the arriving export says that is not said by what stands before it: its own words, and what it lacks.
create or replace temp table stood as
select told.deal_id, arg_max(told.is_missing, told.place) as is_missing
from told
where told.place < (select export.place from exports as export where export.batch_id = 'arriving')
group by told.deal_id;

create or replace temp table adding as
select
    turning.deal_id, 'arriving' as batch_id,
    turning.deal_name, turning.owner_id, turning.account_id, turning.stage_name, turning.pipeline,
    turning.forecast_category, turning.created_on, turning.stage_entered_on, turning.close_on, turning.closed_on,
    turning.amount, turning.currency, turning.mrr_usd, turning.nrc_usd, turning.term_months, turning.product_id,
    turning.product_line, turning.channel, turning.partner, turning.deal_type, turning.lead_source,
    turning.next_step, turning.probability, turning.loss_reason, turning.outcome
from turning
left join stood on turning.deal_id = stood.deal_id
left join known on turning.deal_id = known.deal_id
where turning.kind <> 'unchanged' or coalesce(stood.is_missing, true) or known.origin = 'history';

create or replace temp table adding_missing as
select stood.deal_id, 'arriving' as batch_id
from stood
where $is_full and not stood.is_missing and stood.deal_id not in (select turning.deal_id from turning);

create or replace temp table adding_seen as
select turning.deal_id, 'arriving' as batch_id
from turning
where not $is_full;

create or replace temp table breaking as
select adding.deal_id, export.place
from adding
inner join exports as export on export.batch_id = 'arriving'

union

select adding_missing.deal_id, export.place
from adding_missing
inner join exports as export on export.batch_id = 'arriving'
