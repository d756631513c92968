-- Accounts go to other modules: `moving_accounts` says which module (account_id, module_id) each of them lies in from a
-- day (from_on) on; without a module it lies in none. From an account's first day on this replaces what was known,
-- whatever was dated later too; what is so already is left alone. A link from 0001-01-01 has always been so: assumed.
-- `account_spell` and `account_cutting` stay, to be counted. owners_move does the same for owners.

create or replace temp table account_spell as
with told as (
    select account_id, from_on, min(nullif(module_id, '')) as module_id
    from moving_accounts
    group by account_id, from_on
),

turned as (
    select
        told.*,
        row_number() over (partition by account_id order by from_on) as place,
        lag(module_id) over (partition by account_id order by from_on) as before_id
    from told
)

select
    account_id, module_id, from_on, place = 1 as is_first,
    lead(from_on, 1, date '9999-12-31') over (partition by account_id order by from_on) as to_on
from turned
where place = 1 or module_id is distinct from before_id;

create or replace temp table account_changing as
with covered as (
    select
        spell.account_id,
        sum(date_diff('day', greatest(link.valid_from, spell.from_on), least(link.valid_to, spell.to_on))) as days,
        sum(
            case when link.module_id = spell.module_id
                then date_diff('day', greatest(link.valid_from, spell.from_on), least(link.valid_to, spell.to_on))
            end
        ) as same_days
    from account_spell as spell
    inner join module_account as link
        on spell.account_id = link.account_id and link.superseded_at is null
        and link.valid_from < spell.to_on and spell.from_on < link.valid_to
    group by spell.account_id
),

wanted as (
    select
        account_id,
        min(from_on) as first_on,
        min(case when is_first then module_id end) as first_id,
        coalesce(sum(case when module_id is not null then date_diff('day', from_on, to_on) end), 0) as days
    from account_spell
    group by account_id
)

select wanted.account_id, wanted.first_on, wanted.first_id
from wanted
left join covered on wanted.account_id = covered.account_id
where coalesce(covered.same_days, 0) <> wanted.days or coalesce(covered.days, 0) <> wanted.days;

create or replace temp table account_cutting as
select link.*, changing.first_on, changing.first_id
from module_account as link
inner join account_changing as changing on link.account_id = changing.account_id
where link.superseded_at is null and link.valid_to > changing.first_on;

update module_account set superseded_at = $at
where superseded_at is null
  and (account_id, valid_from) in (select (cutting.account_id, cutting.valid_from) from account_cutting as cutting);

-- What was so until then is written again with its end, unless it goes on.
insert into module_account
select account_id, module_id, valid_from, first_on, origin, null, $at, null
from account_cutting
where valid_from < first_on and module_id is distinct from first_id;

insert into module_account
select
    spell.account_id, spell.module_id,
    coalesce(cutting.valid_from, spell.from_on), spell.to_on,
    coalesce(cutting.origin, case when spell.from_on = date '0001-01-01' then 'assumed' else 'command' end),
    null, $at, null
from account_spell as spell
inner join account_changing as changing on spell.account_id = changing.account_id
left join account_cutting as cutting
    on spell.is_first and spell.account_id = cutting.account_id and spell.module_id = cutting.module_id
    and cutting.valid_from < cutting.first_on
where spell.module_id is not null
