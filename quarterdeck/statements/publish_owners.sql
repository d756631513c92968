-- Which modules a realignment gives to whom. owners_move follows.
create or replace temp table moving_owners as
select move.thing_id as module_id, move.target_id as person_id, $from_on::date as from_on
from scenario_move as move
left join books_on($from_on) as book on move.thing_id = book.module_id
where move.superseded_at is null and move.kind = 'module' and move.scenario_id = $scenario_id
  and coalesce(book.person_id, '') <> move.target_id;

select count(*) from moving_owners
