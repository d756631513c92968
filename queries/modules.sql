-- question: Which modules of accounts are there, whose are they, and what lies in them?
-- grain: module_id
-- columns:
--   module_id            text
--   module_name          text
--   person_id            text     who owns it; '' for nobody
--   person_name          text?
--   owned_since          text     a day, or always as far as is known; '' for nobody
--   has_left             flag     who owns it has left
--   accounts             count    that lie in it
--   strategic_accounts   count
--   potential_usd        usd
--   mrr_usd              usd
--   open_usd             usd
--   known_since          text     its first owner or account: a day, or always; '' for none
--   next_on              date?    the next day on which its owner or its accounts change, as far as is known
--   next_change          text?    what changes then
--   is_over              flag     it has had an owner or accounts, and has none any more

with load as (
    select held.module_id, held.is_strategic, held.potential_usd, held.mrr_usd, held.open_usd
    from account_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as held
    where held.module_id <> ''
),

sums as (
    select
        load.module_id,
        count(*) as accounts,
        count(case when load.is_strategic then 1 end) as strategic_accounts,
        potential_usd(load.potential_usd) as potential_usd,
        installed_mrr_usd(load.mrr_usd) as mrr_usd,
        open_usd('open', load.open_usd) as open_usd
    from load
    group by load.module_id
),

member as (
    select here.person_id
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as here
),

sight as (
    select distinct seen.person_id
    from seen_by($viewer_id, $viewer_role) as seen
    where holds_on(seen.seen_from, seen.seen_to, $assigned_on)
),

owning as (
    select owned.module_id, owned.person_id, owned.valid_from, owned.valid_to
    from module_owner as owned
    where owned.superseded_at is null
),

link as (
    select owning.module_id, owning.valid_from, owning.valid_to, false as is_account
    from owning

    union all

    select spell.module_id, spell.valid_from, spell.valid_to, true as is_account
    from module_spells() as spell
),

span as (
    select
        link.module_id,
        min(link.valid_from) as first_on,
        max(link.valid_to) as last_on,
        count(case when link.is_account and holds_on(link.valid_from, link.valid_to, $assigned_on) then 1 end) as lying,
        min(
            case
                when link.valid_from > $assigned_on then link.valid_from
                when link.valid_to > $assigned_on and link.valid_to < date '9999-12-31' then link.valid_to
            end
        ) as next_on
    from link
    group by link.module_id
),

coming as (
    select
        span.module_id,
        count(case when link.is_account and link.valid_from = span.next_on then 1 end) as come,
        count(case when link.is_account and link.valid_to = span.next_on then 1 end) as go,
        count(case when not link.is_account and link.valid_to = span.next_on then 1 end) as ends
    from span
    inner join link on span.module_id = link.module_id
    group by span.module_id
),

-- A module without an owner belongs to who sees all rows without one, and to who holds its accounts; one of nobody and
-- nothing to who has had it or will have it.
shown as (
    select
        book.module_id, book.module_name,
        coalesce(owned.person_id, '') as person_id,
        owned.valid_from as owned_from
    from module as book
    left join owning as owned on book.module_id = owned.module_id and holds_on(owned.valid_from, owned.valid_to, $assigned_on)
    left join span on book.module_id = span.module_id
    where book.superseded_at is null
      and chosen($modules, book.module_id)
      and (
          owned.person_id in (select member.person_id from member)
          or book.module_id in (select sums.module_id from sums)
          or (
              owned.person_id is null and array_length($person_ids::varchar[]) = 0
              and '' in (select sight.person_id from sight)
          )
          or (
              owned.person_id is null and coalesce(span.lying, 0) = 0
              and book.module_id in (
                  select owning.module_id from owning inner join member on owning.person_id = member.person_id
              )
          )
      )
)

select
    shown.module_id,
    shown.module_name,
    shown.person_id,
    keeper.person_name,
    case
        when shown.owned_from is null then ''
        when shown.owned_from = date '0001-01-01' then 'always'
        else shown.owned_from::varchar
    end as owned_since,
    coalesce(keeper.left_on < $assigned_on, false) as has_left,
    coalesce(sums.accounts, 0) as accounts,
    coalesce(sums.strategic_accounts, 0) as strategic_accounts,
    coalesce(sums.potential_usd, 0)::decimal(18, 2) as potential_usd,
    coalesce(sums.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
    coalesce(sums.open_usd, 0)::decimal(18, 2) as open_usd,
    case
        when span.first_on is null then ''
        when span.first_on = date '0001-01-01' then 'always'
        else span.first_on::varchar
    end as known_since,
    span.next_on,
    case
        when span.next_on is not null then concat_ws(
            ', ',
            case
                when heir_seen.person_id is not null then concat('goes to ', heir_known.person_name)
                when heir.person_id is not null then 'goes to somebody out of sight'
                when coming.ends > 0 then 'has no owner'
            end,
            case when coming.come = 1 then '1 account comes' when coming.come > 1 then concat(coming.come::varchar, ' accounts come') end,
            case when coming.go = 1 then '1 account goes' when coming.go > 1 then concat(coming.go::varchar, ' accounts go') end
        )
    end as next_change,
    coalesce(span.last_on <= $assigned_on, false) as is_over
from shown
left join sums on shown.module_id = sums.module_id
left join span on shown.module_id = span.module_id
left join coming on shown.module_id = coming.module_id
left join owning as heir on shown.module_id = heir.module_id and heir.valid_from = span.next_on
left join sight as heir_seen on heir.person_id = heir_seen.person_id
left join person as heir_known on heir.person_id = heir_known.person_id and heir_known.superseded_at is null
left join person as keeper on shown.person_id = keeper.person_id and keeper.superseded_at is null
order by is_over, sums.potential_usd desc nulls last, shown.module_name, shown.module_id
