-- The newest export becomes true. Runs after deal_names, in the same transaction.

-- What was true until now is written again with its end.
insert into deal_version
select known.* replace (turning.starts_on as valid_to, $at as recorded_at)
from known
inner join turning on known.deal_id = turning.deal_id
where turning.kind in ('changed', 'reopened') and known.valid_from < turning.starts_on;

insert into deal_version
select going.* replace ($exported_on as valid_to, $at as recorded_at)
from going
where going.valid_from < $exported_on;

update deal_version set superseded_at = $at
where superseded_at is null
  and valid_to = date '9999-12-31'
  and (
      deal_id in (select turning.deal_id from turning where turning.kind in ('changed', 'reopened'))
      or deal_id in (select going.deal_id from going)
  );

insert into deal_version
select going.* replace (
    greatest($exported_on, going.valid_from) as valid_from, 'removed' as outcome, 'import' as origin,
    $batch_id as batch_id, $at as recorded_at, null as superseded_at
)
from going;

-- What each deal is now, and the time between creation and the first proven state: open, but its stage and
-- amount are not known. In one step, for after it all is known.
insert into deal_version
select
    deal_id, starts_on, date '9999-12-31', deal_name, owner_id, credited_id, account_id, stage_name, pipeline, outcome,
    forecast_category, created_on, stage_entered_on, close_on, closed_on, amount, currency, amount_usd, mrr_usd, nrc_usd,
    term_months, product_id, product_line, channel, partner, deal_type, lead_source, next_step, probability, loss_reason,
    'import', $batch_id, $at, null
from turning
where kind <> 'unchanged'

union all

select
    deal_id, first_seen_on, starts_on, deal_name, owner_id, owner_id, account_id, null, pipeline, 'open',
    null, created_on, null, null, null, null, currency, null, null, null,
    null, product_id, product_line, channel, partner, deal_type, lead_source, null, null, null,
    'reconstructed', $batch_id, $at, null
from turning
where kind = 'new' and first_seen_on < starts_on
