-- Each move comes from who holds the thing now; one that would leave it where it is ends.
create or replace temp table moving_again as
select
    move.scenario_id, move.kind, move.thing_id, move.target_id, coalesce(held.person_id, book.person_id, '') as from_id,
    (move.kind = 'account' and held.module_id = move.target_id)
    or (move.kind = 'person' and held.person_id = move.target_id)
    or (move.kind = 'module' and coalesce(book.person_id, '') = move.target_id)
    or (move.kind <> 'module' and held.account_id is null) as is_over
from scenario_move as move
left join holdings_on($as_of) as held on move.kind <> 'module' and move.thing_id = held.account_id
left join books_on($as_of) as book on move.kind = 'module' and move.thing_id = book.module_id
where move.superseded_at is null and move.scenario_id = $scenario_id;

update scenario_move set superseded_at = $at where superseded_at is null and scenario_id = $scenario_id;

insert into scenario_move
select scenario_id, kind, thing_id, target_id, from_id, $at, null
from moving_again
where not coalesce(is_over, false)
