-- On which days from one on do these accounts lie elsewhere, or do the modules that they lie in and these ones change
-- hands? The day itself comes first.
with asked as (
    select unnest($account_ids::varchar[]) as account_id
),

lying as (
    select link.account_id, link.module_id, link.valid_from, link.valid_to
    from module_account as link
    where link.superseded_at is null and link.valid_to > $from_on::date
      and (link.account_id in (select asked.account_id from asked) or list_contains($module_ids::varchar[], link.module_id))
),

turn as (
    select unnest([lying.valid_from, lying.valid_to]) as turns_on
    from lying

    union

    select unnest([book.valid_from, book.valid_to])
    from module_owner as book
    where book.superseded_at is null and book.valid_to > $from_on::date
      and (book.module_id in (select lying.module_id from lying) or list_contains($module_ids::varchar[], book.module_id))

    union

    select $from_on::date
)

select turn.turns_on
from turn
where turn.turns_on between $from_on::date and date '9999-12-30'
order by turn.turns_on
