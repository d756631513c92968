-- What the newest export said where no version shows it. Runs after deal_commit and deal_exports.

-- Deals whose last word from an export is that it lacked them.
create or replace temp table missing as
with lacked as (
    select row.deal_id, max(export.place) as place
    from import_row as row
    inner join exports as export on row.batch_id = export.batch_id and export.extent = 'full'
    where row.superseded_at is null
    group by row.deal_id
)

select lacked.deal_id
from lacked
where not exists (
    select 1
    from deal_version as said
    inner join exports as export on said.batch_id = export.batch_id
    where said.deal_id = lacked.deal_id and said.origin = 'import' and said.outcome <> 'removed' and export.place > lacked.place
);

insert into deal_version
select known.* replace (
    $exported_on as valid_from, $exported_on as valid_to, 'import' as origin, $batch_id as batch_id,
    $at as recorded_at, $at as superseded_at
)
from known
inner join turning on known.deal_id = turning.deal_id
where turning.kind = 'unchanged'
  and (known.origin = 'history' or known.deal_id in (select missing.deal_id from missing));

insert into import_row
select $batch_id, turning.deal_id, $at, null
from turning
where not $is_full

union all

select $batch_id, lacking.deal_id, $at, null
from (
    select going.deal_id, going.origin from going
    union all
    select known.deal_id, known.origin
    from known
    where known.outcome in ('won', 'lost') and known.deal_id not in (select turning.deal_id from turning)
) as lacking
where $is_full
  and lacking.deal_id not in (select missing.deal_id from missing)
  and (
      lacking.origin <> 'history'
      or lacking.deal_id in (select said.deal_id from deal_version as said where said.origin = 'import' and said.outcome <> 'removed')
  )
