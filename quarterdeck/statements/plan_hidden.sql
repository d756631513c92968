-- Which of these things the viewer does not see: accounts by who holds them, modules by who owns them or holds any of
-- their accounts. To give accounts to a module that nobody owns yet is everyone's who may plan.
with wanted as (
    select unnest($things::varchar[]) as thing_id
),

held as (
    select holding.account_id, holding.module_id
    from holdings_in_scope($viewer_id, $viewer_role, $as_of, []::varchar[], []::varchar[], false) as holding
),

owned as (
    select book.module_id
    from books_on($as_of) as book
    semi join seen_by($viewer_id, $viewer_role) as seen
        on book.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, $as_of)

    union

    select known.module_id
    from module as known
    where known.superseded_at is null and known.module_id not in (select book.module_id from books_on($as_of) as book)
)

select wanted.thing_id
from wanted
where case
    when $kind in ('account', 'person') then wanted.thing_id not in (select held.account_id from held)
    else wanted.thing_id not in (select owned.module_id from owned)
        and wanted.thing_id not in (select held.module_id from held)
end
order by wanted.thing_id
