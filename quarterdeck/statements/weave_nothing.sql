-- Nothing is added to what the exports have said.
create or replace temp table adding as
select
    version.deal_id, version.batch_id,
    version.deal_name, version.owner_id, version.account_id, version.stage_name, version.pipeline,
    version.forecast_category, version.created_on, version.stage_entered_on, version.close_on, version.closed_on,
    version.amount, version.currency, version.mrr_usd, version.nrc_usd, version.term_months, version.product_id,
    version.product_line, version.channel, version.partner, version.deal_type, version.lead_source,
    version.next_step, version.probability, version.loss_reason, version.outcome
from deal_version as version
where false;

create or replace temp table adding_missing as
select row.deal_id, row.batch_id
from import_row as row
where false;

create or replace temp table adding_seen as
select row.deal_id, row.batch_id
from import_row as row
where false
