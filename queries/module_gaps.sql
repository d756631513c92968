-- question: Which accounts lie in no module, which modules have no owner, and which accounts no place?
-- grain: kind, thing_id
-- columns:
--   kind            text     account without a module, module without an owner, account without an address, owner has left
--   thing_id        text     the account, or the module
--   thing_name      text
--   person_id       text     who holds the account, or owns the module; '' for nobody
--   person_name     text?
--   potential_usd   usd
--   why             text
--   things_in_all   count    of this kind, however many are shown

with load as (
    select held.account_id, held.account_name, held.module_id, held.person_id, held.potential_usd, held.unplaced_why
    from account_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as held
),

member as (
    select here.person_id
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as here
),

sums as (
    select load.module_id, count(*) as accounts, potential_usd(load.potential_usd) as potential_usd
    from load
    where load.module_id <> ''
    group by load.module_id
),

-- Where an account without a module will lie.
placed as (
    select spell.account_id, min(spell.valid_from) as placed_on
    from module_spells() as spell
    where spell.valid_from > $assigned_on
    group by spell.account_id
),

owning as (
    select owned.module_id, owned.person_id, owned.valid_from, owned.valid_to
    from module_owner as owned
    where owned.superseded_at is null
),

owned as (
    select
        owning.module_id,
        min(case when owning.valid_from > $assigned_on then owning.valid_from end) as next_on,
        max(case when owning.valid_to <= $assigned_on then owning.valid_to end) as last_on
    from owning
    group by owning.module_id
),

touched as (
    select spell.module_id from module_spells() as spell
    union
    select owning.module_id from owning
),

gap as (
    select
        'account without a module' as kind, load.account_id as thing_id, load.account_name as thing_name, load.person_id,
        holder.person_name, load.potential_usd,
        case
            when placed.placed_on is not null then concat('it comes to one on ', placed.placed_on::varchar)
            when load.person_id = '' then 'nobody owns it either'
            when holder.left_on < $assigned_on then concat('its owner left on ', holder.left_on::varchar)
            else 'it is held by its owner alone'
        end as why
    from load
    left join placed on load.account_id = placed.account_id
    left join person as holder on load.person_id = holder.person_id and holder.superseded_at is null
    where load.module_id = ''

    union all

    -- One in which nothing lies any more lacks nobody.
    select
        'module without an owner' as kind, book.module_id as thing_id, book.module_name as thing_name, '' as person_id,
        null as person_name, coalesce(sums.potential_usd, 0)::decimal(18, 2) as potential_usd,
        case
            when owned.next_on is not null then concat('it has one from ', owned.next_on::varchar)
            when owned.last_on is not null then concat('it has had none since ', owned.last_on::varchar)
            else 'it never had one'
        end as why
    from module as book
    left join sums on book.module_id = sums.module_id
    left join owned on book.module_id = owned.module_id
    where book.superseded_at is null
      and chosen($modules, book.module_id)
      and book.module_id not in (
          select owning.module_id from owning where holds_on(owning.valid_from, owning.valid_to, $assigned_on)
      )
      and (
          sums.module_id is not null
          or (
              book.module_id not in (select touched.module_id from touched)
              and array_length($person_ids::varchar[]) = 0
              and '' in (select seen.person_id from seen_by($viewer_id, $viewer_role) as seen)
          )
      )

    union all

    select
        'account without an address' as kind, load.account_id as thing_id, load.account_name as thing_name, load.person_id,
        holder.person_name, load.potential_usd, load.unplaced_why as why
    from load
    left join person as holder on load.person_id = holder.person_id and holder.superseded_at is null
    where load.unplaced_why is not null

    union all

    select
        'owner has left' as kind, book.module_id as thing_id, book.module_name as thing_name, owning.person_id,
        keeper.person_name, coalesce(sums.potential_usd, 0)::decimal(18, 2) as potential_usd,
        concat(keeper.person_name, ' left on ', keeper.left_on::varchar) as why
    from module as book
    inner join owning on book.module_id = owning.module_id and holds_on(owning.valid_from, owning.valid_to, $assigned_on)
    inner join person as keeper on owning.person_id = keeper.person_id and keeper.superseded_at is null
    left join sums on book.module_id = sums.module_id
    where book.superseded_at is null
      and chosen($modules, book.module_id)
      and keeper.left_on < $assigned_on
      and (owning.person_id in (select member.person_id from member) or sums.module_id is not null)
),

numbered as (
    select
        gap.*,
        count(*) over (partition by gap.kind) as things_in_all,
        row_number() over (partition by gap.kind order by gap.potential_usd desc, gap.thing_id) as place
    from gap
)

select
    numbered.kind, numbered.thing_id, numbered.thing_name, numbered.person_id, numbered.person_name, numbered.potential_usd,
    numbered.why, numbered.things_in_all
from numbered
where numbered.place > $rows_before and numbered.place - $rows_before <= $rows_shown
order by numbered.kind, numbered.place, numbered.thing_id
