-- What every standing export is known to have said of the deals at hand: that it holds them, or that it lacks them; with
-- what has been added to that.
create or replace temp table told as
select distinct version.deal_id, export.place, false as is_missing
from deal_version as version
inner join exports as export on version.batch_id = export.batch_id
where version.origin = 'import' and version.outcome <> 'removed'
  and version.deal_id in (select at_hand.deal_id from at_hand)

union all

select row.deal_id, export.place, true as is_missing
from import_row as row
inner join exports as export on row.batch_id = export.batch_id and export.extent = 'full'
where row.superseded_at is null
  and row.deal_id in (select at_hand.deal_id from at_hand)

union all

select adding.deal_id, export.place, false as is_missing
from adding
inner join exports as export on adding.batch_id = export.batch_id

union all

select adding_missing.deal_id, export.place, true as is_missing
from adding_missing
inner join exports as export on adding_missing.batch_id = export.batch_id
