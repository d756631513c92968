-- Whether the arriving export is the first to speak of a deal that is known from events: it tells of the days before too.
select count(*) > 0
from turning
where turning.deal_id in (select event.deal_id from deal_event as event where event.superseded_at is null)
  and turning.deal_id not in (
      select said.deal_id
      from deal_version as said
      inner join import_batch as batch on said.batch_id = batch.batch_id and batch.undone_at is null
      where said.origin = 'import'
  )
