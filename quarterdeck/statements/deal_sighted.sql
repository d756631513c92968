-- The newest day before the arriving export on which a partial one or an event showed a deal.
create or replace temp table sighted as
select seen.deal_id, max(seen.day) as sighted_on
from (
    select row.deal_id, batch.exported_on as day
    from import_row as row
    inner join import_batch as batch on row.batch_id = batch.batch_id
    where row.superseded_at is null and batch.extent = 'partial'

    union all

    select event.deal_id, event.happened_at::date as day
    from deal_event as event
    where event.superseded_at is null
) as seen
where seen.day > $previous_on::date and seen.day < $exported_on::date
group by seen.deal_id
