-- All that is said of the deals at hand, in order: on one day the events before the exports.
create or replace temp table telling as
select spoken.*, 1 as rank, 'said' as kind
from spoken

union all by name

select
    folded.* exclude (day, rank, place, kind, is_before_exports), export.day, 1 as rank, export.place, 'said' as kind, export.tells
from folded
inner join exports as export on folded.batch_id = export.batch_id
where folded.kind = 'unsaid' and folded.outcome is not null

union all by name

select
    happening.deal_id, happening.day, 0 as rank, 0 as place, happening.batch_id, 'event' as kind, happening.tells,
    happening.stage_name, happening.outcome, happening.amount, happening.close_on, happening.owner_id
from happening

union all by name

select lacking.*, 1 as rank, 'missing' as kind
from lacking

union all by name

select unsaid.deal_id, export.day, 1 as rank, unsaid.place, unsaid.batch_id, 'missing' as kind, []::varchar[] as tells
from unsaid
inner join exports as export on unsaid.place = export.place and export.extent = 'full'
where unsaid.is_missing

union all by name

select seeing.deal_id, export.day, 2 as rank, export.place, seeing.batch_id, 'seen' as kind, []::varchar[] as tells
from (
    select row.deal_id, row.batch_id from import_row as row where row.superseded_at is null
    union
    select adding_seen.deal_id, adding_seen.batch_id from adding_seen
) as seeing
inner join exports as export on seeing.batch_id = export.batch_id and export.extent = 'partial'
where seeing.deal_id in (select at_hand.deal_id from at_hand)
