-- What each export of deals said, so that versions can be derived again when an older one is woven in or any one is
-- taken back. A version carries the batch_id of the export that said it; a saying that shows in no version of its own
-- is a row of deal_version that never held (superseded when it was recorded, from its day to its day).

-- Deals that a partial export holds; of a full one, those that it lacks and that the one before held.
create table import_row (
    batch_id varchar not null, deal_id varchar not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- One event of a deal's history: what it does not say is empty.
create table deal_event (
    deal_id varchar not null, happened_at timestamp not null, line bigint not null,
    stage_name varchar, outcome varchar, amount decimal(18, 2), close_on date, owner_id varchar,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
-- The fields that a file had columns for.
alter table import_batch add column carried varchar[];
update import_batch set carried = json_keys(report, '$.mapping');

-- An ended version named the export that ended it; from now on the one that said it.
update deal_version set batch_id = said.batch_id
from (
    select ended.deal_id, ended.valid_from, ended.valid_to, ended.recorded_at, arg_max(first.batch_id, first.recorded_at) as batch_id
    from deal_version as ended
    inner join deal_version as first
        on ended.deal_id = first.deal_id and ended.valid_from = first.valid_from and ended.origin = first.origin
        and first.valid_to = date '9999-12-31' and first.recorded_at < ended.recorded_at
    where ended.valid_to <> date '9999-12-31' and ended.origin = 'import'
    group by ended.deal_id, ended.valid_from, ended.valid_to, ended.recorded_at
) as said
where deal_version.deal_id = said.deal_id and deal_version.valid_from = said.valid_from
  and deal_version.valid_to = said.valid_to and deal_version.recorded_at = said.recorded_at
  and deal_version.origin = 'import';

insert into import_row (batch_id, deal_id, recorded_at)
select distinct version.batch_id, version.deal_id, version.recorded_at
from deal_version as version
inner join import_batch as batch on version.batch_id = batch.batch_id and batch.undone_at is null
where version.outcome = 'removed' and version.origin = 'import' and version.superseded_at is null;
