-- question: Who owned each module, and which accounts lay in it, from when until when?
-- grain: module_id, kind, thing_id, starts_on
-- columns:
--   module_id     text
--   module_name   text
--   kind          text    owner, or account
--   thing_id      text    the person, or the account
--   thing_name    text
--   starts_on     date    1 January 0001: as far back as is known
--   ends_on       date?   the first day on which it is not so any more; empty: nothing else is known
--   is_now        flag    it is so on the day
--   is_ahead      flag    it begins after the day
--   rows_in_all   count   of the whole answer, whichever page is shown

with seen as (
    select sight.person_id, sight.seen_from, sight.seen_to
    from seen_by($viewer_id, $viewer_role) as sight
),

owning as (
    select owned.module_id, owned.person_id, owned.valid_from, owned.valid_to
    from module_owner as owned
    where owned.superseded_at is null
),

lying as (
    select spell.account_id, spell.module_id, spell.valid_from, spell.valid_to
    from module_spells() as spell
    where chosen($modules, spell.module_id)
),

-- An account's days in a module are seen by whoever saw an owner of those days, by whoever sees the account now, and,
-- where nobody owned the module, by whoever sees what nobody owns.
holding as (
    select lying.account_id, lying.module_id, lying.valid_from, owning.person_id, seen.person_id is not null as is_seen
    from lying
    inner join owning
        on lying.module_id = owning.module_id
        and owning.valid_from < lying.valid_to and lying.valid_from < owning.valid_to
    left join seen
        on owning.person_id = seen.person_id
        and greatest(owning.valid_from, lying.valid_from) < seen.seen_to
        and seen.seen_from < least(owning.valid_to, lying.valid_to)
),

held as (
    select holding.account_id, holding.module_id, holding.valid_from, max(case when holding.is_seen then 1 else 0 end) as is_seen
    from holding
    group by holding.account_id, holding.module_id, holding.valid_from
),

told as (
    select
        owning.module_id, 'owner' as kind, owning.person_id as thing_id, owning.valid_from, owning.valid_to
    from owning
    semi join seen
        on owning.person_id = seen.person_id and owning.valid_from < seen.seen_to and seen.seen_from < owning.valid_to
    where chosen($modules, owning.module_id)

    union all

    select
        lying.module_id, 'account' as kind, lying.account_id as thing_id, lying.valid_from, lying.valid_to
    from lying
    left join held
        on lying.account_id = held.account_id and lying.module_id = held.module_id and lying.valid_from = held.valid_from
    where held.is_seen = 1
       or (held.is_seen is null and '' in (select seen.person_id from seen))
       or lying.account_id in (
           select account.account_id
           from holdings_in_scope($viewer_id, $viewer_role, $assigned_on, []::varchar[], []::varchar[], false) as account
       )
)

select
    told.module_id,
    book.module_name,
    told.kind,
    told.thing_id,
    coalesce(case when told.kind = 'owner' then member.person_name else account.account_name end, told.thing_id) as thing_name,
    told.valid_from as starts_on,
    case when told.valid_to < date '9999-12-31' then told.valid_to end as ends_on,
    holds_on(told.valid_from, told.valid_to, $assigned_on) as is_now,
    told.valid_from > $assigned_on as is_ahead,
    count(*) over () as rows_in_all
from told
inner join module as book on told.module_id = book.module_id and book.superseded_at is null
left join person as member on told.kind = 'owner' and told.thing_id = member.person_id and member.superseded_at is null
left join accounts_at($assigned_on) as account on told.kind = 'account' and told.thing_id = account.account_id
order by book.module_name, told.module_id, told.kind desc, starts_on desc, thing_name, told.thing_id
limit $rows_shown offset $rows_before
