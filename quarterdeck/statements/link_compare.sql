-- What dated links would become: accounts in modules, modules in somebody's hands. Temporary tables only.
-- `pointing` holds what the file says: link, subject, target and the day from which it is so. From a subject's
-- first day on the file's word replaces what was known; no target means that the link ends.

create or replace temp table standing as
select
    'account' as link, account_id as subject_id, module_id as target_id, valid_from, valid_to, origin
from module_account
where superseded_at is null

union all

select 'module', module_id, person_id, valid_from, valid_to, origin
from module_owner
where superseded_at is null;

-- One spell for each change the file tells. The last one is known until the export's day or the last row's.
create or replace temp table spell as
with told as (
    select link, subject_id, target_id, from_on, line
    from pointing
    qualify row_number() over (partition by link, subject_id, from_on order by line) = 1
),

turned as (
    select
        told.*,
        row_number() over (partition by link, subject_id order by from_on) as place,
        max(from_on) over (partition by link, subject_id) as last_on,
        lag(target_id) over (partition by link, subject_id order by from_on) as before_id
    from told
),

spanned as (
    select
        link, subject_id, target_id, from_on, line, last_on,
        coalesce(lead(from_on) over (partition by link, subject_id order by from_on), date '9999-12-31') as to_on
    from turned
    where place = 1 or target_id is distinct from before_id
),

limited as (
    select
        spanned.*,
        case when to_on = date '9999-12-31' then greatest(last_on, $exported_on::date) + 1 else to_on end as known_to
    from spanned
),

covered as (
    select
        limited.link, limited.subject_id, limited.from_on,
        sum(date_diff('day', greatest(limited.from_on, standing.valid_from), least(limited.known_to, standing.valid_to))) as days,
        sum(
            case when standing.target_id = limited.target_id
                then date_diff('day', greatest(limited.from_on, standing.valid_from), least(limited.known_to, standing.valid_to))
            end
        ) as same_days
    from limited
    inner join standing
        on limited.link = standing.link and limited.subject_id = standing.subject_id
        and standing.valid_from < limited.known_to and limited.from_on < standing.valid_to
    group by limited.link, limited.subject_id, limited.from_on
)

select
    limited.link, limited.subject_id, limited.target_id, limited.from_on, limited.to_on, limited.line,
    case
        when limited.target_id is null then coalesce(covered.days, 0) = 0
        else coalesce(covered.same_days, 0) = date_diff('day', limited.from_on, limited.known_to)
    end as is_same
from limited
left join covered
    on limited.link = covered.link and limited.subject_id = covered.subject_id and limited.from_on = covered.from_on;

create or replace temp table linking as
select
    spell.link, spell.subject_id,
    min(spell.from_on) as from_on,
    arg_min(coalesce(spell.target_id, ''), spell.from_on) as first_id,
    case
        when (spell.link, spell.subject_id) not in (select (standing.link, standing.subject_id) from standing) then 'new'
        when bool_and(spell.is_same) then 'unchanged'
        else 'changed'
    end as kind
from spell
group by spell.link, spell.subject_id
