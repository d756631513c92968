-- What was left unsaid is added to what the exports have said.
insert into adding by name
select folded.* exclude (day, rank, place, kind, is_before_exports)
from folded
where folded.kind = 'unsaid' and folded.outcome is not null;

insert into adding_missing
select unsaid.deal_id, unsaid.batch_id
from unsaid
where unsaid.is_missing
