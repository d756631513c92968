-- What later exports left unsaid, since it was as before, where what was before is about to change. One of each kind
-- of file is enough: those after it say the same in the same fields.
create or replace temp table unsaid as
with later as (
    select breaking.deal_id, breaking.place as break_place, export.batch_id, export.extent, export.place, list_sort(export.tells) as tells
    from breaking
    inner join exports as export on export.place > breaking.place and export.batch_id <> 'arriving'
),

standing as (
    select
        later.deal_id, later.batch_id, later.extent, later.place, later.tells,
        coalesce(bool_or(told.place = later.place), false) as is_told,
        coalesce(arg_max(told.is_missing, told.place), true) as is_missing,
        coalesce(max(told.place), 0) <= later.break_place as is_first_stretch
    from later
    left join told on later.deal_id = told.deal_id and told.place <= later.place
    group by later.deal_id, later.break_place, later.batch_id, later.extent, later.place, later.tells
),

seen as (
    select row.deal_id, row.batch_id
    from import_row as row
    where row.superseded_at is null and row.deal_id in (select breaking.deal_id from breaking)
),

candidate as (
    select
        standing.deal_id, standing.batch_id, standing.place, standing.is_told,
        standing.extent = 'full' and standing.is_missing as is_missing,
        case when standing.extent = 'full' and standing.is_missing then []::varchar[] else standing.tells end as tells
    from standing
    left join seen on standing.deal_id = seen.deal_id and standing.batch_id = seen.batch_id
    where standing.is_told
       or case
           when standing.extent = 'partial' then seen.deal_id is not null
           when standing.is_missing then standing.is_first_stretch
           else true
       end
)

select candidate.deal_id, candidate.batch_id, candidate.place, candidate.is_missing
from (
    select
        candidate.*,
        row_number() over (partition by candidate.deal_id, candidate.is_missing, candidate.tells order by candidate.place) as turn
    from candidate
) as candidate
where candidate.turn = 1 and not candidate.is_told;

create or replace temp table at_hand as
select distinct unsaid.deal_id from unsaid
