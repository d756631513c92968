-- The deals whose versions have to be derived again: those that the export at $batch_id changes, and those whose next
-- change could have been seen by it, up to the next full one.
create or replace temp table touched as
with here as (
    select export.place, export.day, export.extent from exports as export where export.batch_id = $batch_id
),

until as (
    select coalesce(min(export.day), date '9999-12-31') as day
    from exports as export
    where export.extent = 'full' and export.day > (select here.day from here)
),

after as (
    select export.batch_id
    from exports as export
    where export.place > (select here.place from here)
      and export.day <= (select until.day from until)
      and (select here.extent from here) = 'full'
)

select breaking.deal_id from breaking
union
select adding_seen.deal_id from adding_seen
union
select row.deal_id from import_row as row where row.superseded_at is null and row.batch_id = $batch_id
union
select row.deal_id from import_row as row where row.superseded_at is null and row.batch_id in (select after.batch_id from after)
union
select version.deal_id from deal_version as version where version.origin = 'import' and version.batch_id in (select after.batch_id from after)
union
select version.deal_id from deal_version as version where version.superseded_at is null and version.batch_id = $batch_id
union
-- A full export holds or lacks every deal that is known from events.
select event.deal_id
from deal_event as event
where event.superseded_at is null
  and event.happened_at::date <= (select until.day from until)
  and (select here.extent from here) = 'full';

create or replace temp table at_hand as
select touched.deal_id from touched
