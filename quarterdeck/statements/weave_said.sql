-- The words of each standing export about the deals at hand, as it first said them: of what it has no column for, the
-- row holds what was known then, which nobody reads.
create or replace temp table said as
select
    version.deal_id, export.place, export.day, export.batch_id, export.tells,
    version.deal_name, version.owner_id, version.account_id, version.stage_name, version.pipeline,
    version.forecast_category, version.created_on, version.stage_entered_on, version.close_on, version.closed_on,
    version.amount, version.currency, version.mrr_usd, version.nrc_usd, version.term_months, version.product_id,
    version.product_line, version.channel, version.partner, version.deal_type, version.lead_source,
    version.next_step, version.probability, version.loss_reason, version.outcome
from deal_version as version
inner join exports as export on version.batch_id = export.batch_id
where version.origin = 'import' and version.outcome <> 'removed'
  and version.deal_id in (select at_hand.deal_id from at_hand)
qualify row_number() over (partition by version.deal_id, version.batch_id order by version.recorded_at) = 1;

-- With them what has been added: what each export holds of the deals at hand, and which of them it lacks.
create or replace temp view spoken as
select said.*
from said

union all by name

select adding.*, export.place, export.day, export.tells
from adding
inner join exports as export on adding.batch_id = export.batch_id;

create or replace temp view lacking as
select row.deal_id, export.place, export.day, export.batch_id, []::varchar[] as tells
from (
    select row.deal_id, row.batch_id from import_row as row where row.superseded_at is null
    union
    select adding_missing.deal_id, adding_missing.batch_id from adding_missing
) as row
inner join exports as export on row.batch_id = export.batch_id and export.extent = 'full'
where row.deal_id in (select at_hand.deal_id from at_hand)
