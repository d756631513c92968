-- Moves on trial, each thing once; what would leave it where it is is no move.
update scenario_move set superseded_at = $at
where superseded_at is null and scenario_id = $scenario_id
  and (kind = 'module') = ($kind = 'module')
  and thing_id in (select unnest($things::varchar[]));

insert into scenario_move
with wanted as (
    select unnest($things::varchar[]) as thing_id, unnest($targets::varchar[]) as target_id
)

select distinct $scenario_id, $kind, wanted.thing_id, wanted.target_id, coalesce(held.person_id, book.person_id, ''), $at, null::timestamp
from wanted
left join holdings_on($as_of) as held on $kind <> 'module' and wanted.thing_id = held.account_id
left join books_on($as_of) as book on $kind = 'module' and wanted.thing_id = book.module_id
where wanted.target_id <> ''
  and not ($kind = 'account' and held.module_id = wanted.target_id)
  and not ($kind = 'person' and held.person_id = wanted.target_id)
  and not ($kind = 'module' and coalesce(book.person_id, '') = wanted.target_id)
