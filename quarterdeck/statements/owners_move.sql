-- Modules change hands: `moving_owners` says who (module_id, person_id) owns each of them from a day (from_on) on; without
-- a person nobody does. From a module's first day on this replaces what was known, whatever was dated later too; what is
-- so already is left alone. A first owner from 0001-01-01 has always been it: assumed. `owner_spell` and `owner_cutting`
-- stay, to be counted. accounts_move does the same for accounts.

create or replace temp table owner_spell as
with told as (
    select module_id, from_on, min(nullif(person_id, '')) as person_id
    from moving_owners
    group by module_id, from_on
),

turned as (
    select
        told.*,
        row_number() over (partition by module_id order by from_on) as place,
        lag(person_id) over (partition by module_id order by from_on) as before_id
    from told
)

select
    module_id, person_id, from_on, place = 1 as is_first,
    lead(from_on, 1, date '9999-12-31') over (partition by module_id order by from_on) as to_on
from turned
where place = 1 or person_id is distinct from before_id;

create or replace temp table owner_changing as
with covered as (
    select
        spell.module_id,
        sum(date_diff('day', greatest(link.valid_from, spell.from_on), least(link.valid_to, spell.to_on))) as days,
        sum(
            case when link.person_id = spell.person_id
                then date_diff('day', greatest(link.valid_from, spell.from_on), least(link.valid_to, spell.to_on))
            end
        ) as same_days
    from owner_spell as spell
    inner join module_owner as link
        on spell.module_id = link.module_id and link.superseded_at is null
        and link.valid_from < spell.to_on and spell.from_on < link.valid_to
    group by spell.module_id
),

wanted as (
    select
        module_id,
        min(from_on) as first_on,
        min(case when is_first then person_id end) as first_id,
        coalesce(sum(case when person_id is not null then date_diff('day', from_on, to_on) end), 0) as days
    from owner_spell
    group by module_id
)

select wanted.module_id, wanted.first_on, wanted.first_id
from wanted
left join covered on wanted.module_id = covered.module_id
where coalesce(covered.same_days, 0) <> wanted.days or coalesce(covered.days, 0) <> wanted.days;

create or replace temp table owner_cutting as
select link.*, changing.first_on, changing.first_id
from module_owner as link
inner join owner_changing as changing on link.module_id = changing.module_id
where link.superseded_at is null and link.valid_to > changing.first_on;

update module_owner set superseded_at = $at
where superseded_at is null
  and (module_id, valid_from) in (select (cutting.module_id, cutting.valid_from) from owner_cutting as cutting);

-- What was so until then is written again with its end, unless it goes on.
insert into module_owner
select module_id, person_id, valid_from, first_on, origin, null, $at, null
from owner_cutting
where valid_from < first_on and person_id is distinct from first_id;

insert into module_owner
select
    spell.module_id, spell.person_id,
    coalesce(cutting.valid_from, spell.from_on), spell.to_on,
    coalesce(cutting.origin, case when spell.from_on = date '0001-01-01' then 'assumed' else 'command' end),
    null, $at, null
from owner_spell as spell
inner join owner_changing as changing on spell.module_id = changing.module_id
left join owner_cutting as cutting
    on spell.is_first and spell.module_id = cutting.module_id and spell.person_id = cutting.person_id
    and cutting.valid_from < cutting.first_on
where spell.person_id is not null
