-- What was added to the exports' words is kept, and the versions that follow from them become true.
insert into deal_version by name
select
    adding.* replace (case when adding.batch_id = 'arriving' then $batch_id else adding.batch_id end as batch_id),
    export.day as valid_from, export.day as valid_to, adding.owner_id as credited_id,
    case when coalesce(adding.currency, $reporting_currency) = $reporting_currency then adding.amount end as amount_usd,
    'import' as origin, $at as recorded_at, $at as superseded_at
from adding
inner join exports as export on adding.batch_id = export.batch_id;

insert into import_row
select case when added.batch_id = 'arriving' then $batch_id else added.batch_id end, added.deal_id, $at, null
from (
    select adding_missing.deal_id, adding_missing.batch_id from adding_missing
    union
    select adding_seen.deal_id, adding_seen.batch_id from adding_seen
) as added;

-- A deal that is missing after it was missing says nothing new.
create or replace temp table hearing as
select telling.deal_id, telling.batch_id, telling.kind,
    lag(telling.kind) over (partition by telling.deal_id order by telling.day, telling.rank, telling.place) as before
from telling
where telling.kind in ('said', 'missing');

update import_row set superseded_at = $at
where superseded_at is null
  and (deal_id, batch_id) in (
      select (hearing.deal_id, case when hearing.batch_id = 'arriving' then $batch_id else hearing.batch_id end)
      from hearing
      where hearing.kind = 'missing' and coalesce(hearing.before, 'missing') = 'missing'
  );

update derived set batch_id = $batch_id where batch_id = 'arriving';

create or replace temp table leaving as
select version.* exclude (recorded_at, superseded_at)
from deal_version as version
where version.superseded_at is null and version.deal_id in (select at_hand.deal_id from at_hand)
except
select * from derived;

create or replace temp table entering as
select * from derived
except
select version.* exclude (recorded_at, superseded_at)
from deal_version as version
where version.superseded_at is null and version.deal_id in (select at_hand.deal_id from at_hand);

update deal_version set superseded_at = $at
where superseded_at is null
  and (deal_id, valid_from) in (select (leaving.deal_id, leaving.valid_from) from leaving);

insert into deal_version
select entering.*, $at, null
from entering
