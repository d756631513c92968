-- question: What refers to one person, found by id, e-mail or exact name?
-- grain: person_id, kind
-- columns:
--   person_id     text
--   kind          text     deals, accounts, quotas, reports, activities, modules or names
--   uses          count

with one as (
    select member.person_id
    from people_in_scope($viewer_id, $viewer_role, $as_of, $person_ids) as member
    where member.person_id = $words or member.email = $words or member.person_name = $words
),

found as (
    select one.person_id, 'deals' as kind, count(distinct deal.deal_id) as uses
    from one
    inner join deal_version as deal
        on deal.superseded_at is null and (one.person_id = deal.owner_id or one.person_id = deal.credited_id)
    group by one.person_id

    union all

    select one.person_id, 'accounts' as kind, count(distinct account.account_id) as uses
    from one
    inner join account_version as account on account.superseded_at is null and one.person_id = account.owner_id
    group by one.person_id

    union all

    select one.person_id, 'quotas' as kind, count(*) as uses
    from one
    inner join quota as goal on goal.superseded_at is null and one.person_id = goal.person_id
    group by one.person_id

    union all

    select one.person_id, 'reports' as kind, count(distinct line.person_id) as uses
    from one
    inner join reporting_line as line on line.superseded_at is null and one.person_id = line.manager_id
    group by one.person_id

    union all

    select one.person_id, 'activities' as kind, count(*) as uses
    from one
    inner join activity as done on done.superseded_at is null and one.person_id = done.person_id
    group by one.person_id

    union all

    select one.person_id, 'modules' as kind, count(distinct held.module_id) as uses
    from one
    inner join module_owner as held on held.superseded_at is null and one.person_id = held.person_id
    group by one.person_id

    union all

    select one.person_id, 'names' as kind, count(*) as uses
    from one
    inner join alias as word
        on word.superseded_at is null and word.entity = 'person' and one.person_id = word.target_id
    group by one.person_id
)

select found.person_id, found.kind, found.uses
from found
order by found.person_id, found.kind
