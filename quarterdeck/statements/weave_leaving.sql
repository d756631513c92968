-- What goes with an export that is taken back, while it still stands. Runs after deal_exports.
create or replace temp table breaking as
select version.deal_id, export.place
from deal_version as version
inner join exports as export on version.batch_id = export.batch_id
where version.origin = 'import' and version.outcome <> 'removed' and export.batch_id = $batch_id

union

select row.deal_id, export.place
from import_row as row
inner join exports as export on row.batch_id = export.batch_id and export.extent = 'full'
where row.superseded_at is null and export.batch_id = $batch_id;

create or replace temp table at_hand as
select distinct breaking.deal_id from breaking
