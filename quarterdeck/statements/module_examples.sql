with account_name as (
    select account_id, account_name from account_version where superseded_at is null and valid_to = date '9999-12-31'
),

person_name as (
    select person_id, person_name from person where superseded_at is null
),

told as (
    select
        spell.line, spell.from_on, linking.kind, spell.link, spell.subject_id, spell.target_id,
        standing.target_id as was_id
    from spell
    inner join linking on spell.link = linking.link and spell.subject_id = linking.subject_id
    left join standing
        on spell.link = standing.link and spell.subject_id = standing.subject_id
        and standing.valid_from <= spell.from_on and spell.from_on < standing.valid_to
    where linking.kind <> 'unchanged' and not spell.is_same
),

listed as (
    select
        moving.kind,
        coalesce(account_name.account_name, moving.account) as label,
        'module' as field,
        was.module_name as old,
        moving.module_name || case when told.was_id is null then '' else ', from ' || told.from_on::varchar end as new
    from told
    inner join moving on told.line = moving.line
    left join account_name on moving.customer_id = account_name.account_id
    left join known as was on told.was_id = was.module_id
    where told.link = 'account' and told.was_id is distinct from told.target_id
    union all
    select
        moving.kind, moving.module_name, 'owner', was.person_name,
        coalesce(becomes.person_name, moving.owner) || case when told.was_id is null then '' else ', from ' || told.from_on::varchar end
    from told
    inner join moving on told.line = moving.line
    left join person_name as was on told.was_id = was.person_id
    left join person_name as becomes on moving.person_id = becomes.person_id
    where told.link = 'module' and told.was_id is distinct from told.target_id
    union all
    select moving.kind, known.module_name, 'module', known.module_name, moving.module_name
    from moving
    inner join known on moving.module_id = known.module_id
    where moving.kind = 'changed' and known.module_name <> moving.module_name
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by label, field, new) <= 50
order by kind, label, field, new
