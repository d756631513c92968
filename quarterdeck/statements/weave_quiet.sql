-- The exports in order, and between them those that left something unsaid; without the one that comes while what was
-- unsaid before it is looked for.
create or replace temp table telling as
select spoken.*, 1 as rank, 'said' as kind
from spoken
where $is_derived or spoken.batch_id <> 'arriving'

union all by name

select lacking.*, 1 as rank, 'missing' as kind
from lacking
where $is_derived or lacking.batch_id <> 'arriving'

union all by name

select unsaid.deal_id, export.day, 1 as rank, unsaid.place, unsaid.batch_id, 'unsaid' as kind, []::varchar[] as tells
from unsaid
inner join exports as export on unsaid.place = export.place
where not unsaid.is_missing
