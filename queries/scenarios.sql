-- question: Which realignments are on trial, and which were published?
-- grain: scenario_id
-- columns:
--   scenario_id        text
--   scenario_name      text
--   director_id        text     whose plan it is; '' for the owner of everything
--   director_name      text?
--   status             text     draft, submitted, approved or published
--   is_shared          flag     the area director may see it
--   is_own             flag     the viewer's own
--   effective_on       date
--   credit_rule        text     of open deals: stay, move or split
--   split_until_on     date?
--   quota_rule         text     kept or rebased
--   built_on           date     the day whose books it was last looked at with
--   built_version      count
--   accounts           count    accounts that would change hands
--   executives         count    who would lose or get any
--   potential_usd      usd      of those accounts
--   locked             count    accounts it must leave where they are
--   published_id       count?   the entry of the audit that made it true
--   published_on       date?
--   files_since        count    files imported after it was built
--   changes_since      count    changes by hand after it was built, its own publishing apart

with plan as (
    select known.*
    from plans_in_scope($viewer_id, $viewer_role, $assigned_on) as known
),

going as (
    select made.scenario_id, made.account_id, made.was_person_id, made.person_id, potential.potential_usd
    from plans_made($assigned_on) as made
    semi join plan on made.scenario_id = plan.scenario_id
    inner join potentials_on($as_of) as potential on made.account_id = potential.account_id
    where made.was_person_id <> made.person_id
),

counted as (
    select going.scenario_id, count(*) as accounts, potential_usd(going.potential_usd) as potential_usd
    from going
    group by going.scenario_id
),

touched as (
    select hand.scenario_id, count(distinct hand.person_id) as executives
    from (
        select going.scenario_id, going.was_person_id as person_id from going
        union all
        select going.scenario_id, going.person_id from going
    ) as hand
    where hand.person_id <> ''
    group by hand.scenario_id
),

ruled as (
    select known.scenario_id, count(distinct known.account_id) as locked
    from scenario_rule as known
    where known.superseded_at is null and known.rule = 'lock'
    group by known.scenario_id
),

made_true as (
    select entry.payload::varchar ->> '$.scenario_id' as scenario_id, max(entry.audit_id) as published_id, max(entry.happened_at)::date as published_on
    from audit_log as entry
    where entry.command = 'PublishRealignment'
    group by entry.payload::varchar ->> '$.scenario_id'
),

news as (
    select
        known.scenario_id,
        count(case when known.is_file then 1 end) as files,
        count(case when not known.is_file then 1 end) as changes
    from plan_news() as known
    group by known.scenario_id
)

select
    plan.scenario_id,
    plan.scenario_name,
    plan.director_id,
    director.person_name as director_name,
    plan.status,
    plan.is_shared,
    plan.director_id = $viewer_id as is_own,
    plan.effective_on,
    plan.credit_rule,
    plan.split_until_on,
    plan.quota_rule,
    plan.built_on,
    plan.built_version,
    coalesce(counted.accounts, 0) as accounts,
    coalesce(touched.executives, 0) as executives,
    coalesce(counted.potential_usd, 0)::decimal(18, 2) as potential_usd,
    coalesce(ruled.locked, 0) as locked,
    case when plan.status = 'published' then made_true.published_id end as published_id,
    case when plan.status = 'published' then made_true.published_on end as published_on,
    coalesce(news.files, 0) as files_since,
    coalesce(news.changes, 0) as changes_since
from plan
left join person as director on plan.director_id = director.person_id and director.superseded_at is null
left join counted on plan.scenario_id = counted.scenario_id
left join touched on plan.scenario_id = touched.scenario_id
left join ruled on plan.scenario_id = ruled.scenario_id
left join made_true on plan.scenario_id = made_true.scenario_id
left join news on plan.scenario_id = news.scenario_id
order by (plan.status = 'published'), plan.scenario_name, plan.scenario_id
