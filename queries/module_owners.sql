-- question: Which modules does who own, and who would?
-- grain: module_id
-- columns:
--   module_id       text
--   module_name     text
--   person_id       text    who owns it as it is; '' for nobody
--   next_id         text    who would
--   accounts        count   in sight, as it is
--   potential_usd   usd

with load as (
    select planned.was_module_id, planned.potential_usd
    from planned_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
),

held as (
    select load.was_module_id as module_id, count(*) as accounts, potential_usd(load.potential_usd) as potential_usd
    from load
    group by load.was_module_id
),

sent as (
    select known.thing_id, known.target_id
    from scenario_move as known
    semi join plans_in_scope($viewer_id, $viewer_role, $assigned_on) as plan on known.scenario_id = plan.scenario_id
    where known.superseded_at is null and known.kind = 'module' and known.scenario_id = $scenario_id
),

seen as (
    select book.module_id
    from books_on($assigned_on) as book
    semi join seen_by($viewer_id, $viewer_role) as sight
        on book.person_id = sight.person_id and holds_on(sight.seen_from, sight.seen_to, $assigned_on)
    semi join picked($person_ids) as pick
        on book.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, $assigned_on)

    union

    select held.module_id
    from held
    where held.module_id <> ''
)

select
    known.module_id,
    known.module_name,
    coalesce(book.person_id, '') as person_id,
    coalesce(move.target_id, book.person_id, '') as next_id,
    coalesce(held.accounts, 0) as accounts,
    coalesce(held.potential_usd, 0)::decimal(18, 2) as potential_usd
from module as known
semi join seen on known.module_id = seen.module_id
left join books_on($assigned_on) as book on known.module_id = book.module_id
left join held on known.module_id = held.module_id
left join sent as move on known.module_id = move.thing_id
where known.superseded_at is null
order by known.module_name, known.module_id
