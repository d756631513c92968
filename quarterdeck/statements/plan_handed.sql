-- Which of these accounts would go along with a module that is handed over.
select account.account_name, book.module_name
from holdings_on($as_of) as held
inner join accounts_at($as_of) as account on held.account_id = account.account_id
inner join module as book on held.module_id = book.module_id and book.superseded_at is null
inner join scenario_move as move
    on held.module_id = move.thing_id and move.kind = 'module' and move.superseded_at is null and move.scenario_id = $scenario_id
where held.account_id in (select unnest($things::varchar[]))
order by account.account_name
