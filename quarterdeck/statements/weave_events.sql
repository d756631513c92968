-- The events of the deals at hand, day by day, and the first export after each of them that says nothing of the deal:
-- it holds or lacks it as the exports before it did.
create or replace temp table happening as
with daily as (
    select
        event.deal_id, event.happened_at::date as day,
        arg_max(event.batch_id, (event.happened_at, event.recorded_at, event.line)) as batch_id,
        arg_max(event.stage_name, (event.happened_at, event.recorded_at, event.line)) as stage_name,
        arg_max(event.outcome, (event.happened_at, event.recorded_at, event.line)) as outcome,
        arg_max(event.amount, (event.happened_at, event.recorded_at, event.line)) as amount,
        arg_max(event.close_on, (event.happened_at, event.recorded_at, event.line)) as close_on,
        arg_max(event.owner_id, (event.happened_at, event.recorded_at, event.line)) as owner_id
    from deal_event as event
    where event.superseded_at is null and event.deal_id in (select at_hand.deal_id from at_hand)
    group by event.deal_id, event.happened_at::date
)

select
    daily.*,
    list_concat(
        case when daily.stage_name is not null then ['stage_name', 'outcome'] else []::varchar[] end,
        case when daily.amount is not null then ['amount'] else []::varchar[] end,
        case when daily.close_on is not null then ['close_on'] else []::varchar[] end,
        case when daily.owner_id is not null then ['owner_id'] else []::varchar[] end
    ) as tells
from daily;

create or replace temp table unsaid as
with quiet as (
    select happening.deal_id, happening.day as since_on, export.batch_id, export.place, export.extent, list_sort(export.tells) as tells
    from happening
    inner join exports as export on export.day >= happening.day
    anti join told on happening.deal_id = told.deal_id and export.place = told.place
),

standing as (
    select
        quiet.deal_id, quiet.since_on, quiet.batch_id, quiet.place, quiet.extent, quiet.tells,
        coalesce(arg_max(told.is_missing, told.place), true) as is_missing
    from quiet
    left join told on quiet.deal_id = told.deal_id and told.place < quiet.place
    group by quiet.deal_id, quiet.since_on, quiet.batch_id, quiet.place, quiet.extent, quiet.tells
),

seen as (
    select row.deal_id, row.batch_id
    from import_row as row
    where row.superseded_at is null and row.deal_id in (select happening.deal_id from happening)
)

select distinct first.deal_id, first.batch_id, first.place, first.is_missing
from (
    select
        standing.*,
        row_number() over (
            partition by standing.deal_id, standing.since_on, standing.is_missing,
                case when standing.is_missing then []::varchar[] else standing.tells end
            order by standing.place
        ) as turn
    from standing
    left join seen on standing.deal_id = seen.deal_id and standing.batch_id = seen.batch_id
    where standing.extent = 'full' or (not standing.is_missing and seen.deal_id is not null)
) as first
where first.turn = 1
