-- What was left unsaid is added to what the exports have said.
insert into adding by name
select
    folded.deal_id, folded.batch_id,
    folded.deal_name, folded.owner_id, folded.account_id, folded.stage_name, folded.pipeline,
    folded.forecast_category, folded.created_on, folded.stage_entered_on, folded.close_on, folded.closed_on,
    folded.amount, folded.currency, folded.mrr_usd, folded.nrc_usd, folded.term_months, folded.product_id,
    folded.product_line, folded.channel, folded.partner, folded.deal_type, folded.lead_source, folded.next_step,
    folded.probability, folded.loss_reason, folded.outcome
from folded
where folded.kind = 'unsaid' and folded.outcome is not null;

insert into adding_missing
select unsaid.deal_id, unsaid.batch_id
from unsaid
where unsaid.is_missing
