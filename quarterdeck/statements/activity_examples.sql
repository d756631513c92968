with account_name as (
    select account_id, account_name from account_version where superseded_at is null and valid_to = date '9999-12-31'
),

person_name as (
    select person_id, person_name from person where superseded_at is null
    union
    select arriving.member_id, min(arriving.person) from arriving
    where arriving.member_id not in (select person.person_id from person where person.superseded_at is null)
    group by arriving.member_id
),

label as (
    select
        moving.*,
        moving.kind_name || coalesce(', ' || account_name.account_name, ', ' || moving.account_word, ', ' || moving.subject, '') as label
    from moving
    left join account_name on moving.account_id = account_name.account_id
),

listed as (
    select 'new' as kind, label.label, 'happened_at' as field, null as old, left(label.happened_at::varchar, 16) as new, label.happened_at
    from label
    where label.kind = 'new'
    union all
    select
        'changed', label.label, 'happened_at', left(known.happened_at::varchar, 16), left(label.happened_at::varchar, 16), label.happened_at
    from label inner join known on label.activity_id = known.activity_id
    where label.kind = 'changed' and known.happened_at <> label.happened_at
    union all
    select 'changed', label.label, 'outcome', known.outcome, label.outcome, label.happened_at
    from label inner join known on label.activity_id = known.activity_id
    where label.kind = 'changed' and known.outcome is distinct from label.outcome
    union all
    select 'changed', label.label, 'person', was.person_name, becomes.person_name, label.happened_at
    from label
    inner join known on label.activity_id = known.activity_id
    left join person_name as was on known.person_id = was.person_id
    left join person_name as becomes on label.person_id = becomes.person_id
    where label.kind = 'changed' and known.person_id is distinct from label.person_id
    union all
    select 'changed', label.label, 'subject', known.subject, label.subject, label.happened_at
    from label inner join known on label.activity_id = known.activity_id
    where label.kind = 'changed' and known.subject is distinct from label.subject
    union all
    select 'changed', label.label, 'other details', null, 'changed', label.happened_at
    from label inner join known on label.activity_id = known.activity_id
    where label.kind = 'changed'
      and (label.kind_name, label.account_id, label.deal_id, label.place, label.miles)
          is distinct from (known.kind, known.account_id, known.deal_id, known.place, known.miles)
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by happened_at desc, label, field, new) <= 50
order by kind, happened_at desc, label, field, new
