-- Are these modules and accounts in sight on a day? One row for each module, and for each account that is not: it is
-- unknown, or its holder is unseen. A module without an owner is seen by whoever sees all who hold its accounts.
with seen as (
    select distinct sight.person_id
    from seen_by($viewer_id, $viewer_role) as sight
    where holds_on(sight.seen_from, sight.seen_to, $day::date)
),

held as (
    select holding.account_id, holding.module_id, seen.person_id is not null as is_seen
    from holdings_on($day::date) as holding
    left join seen on holding.person_id = seen.person_id
),

asked_account as (
    select distinct unnest($account_ids::varchar[]) as account_id
),

asked_module as (
    select distinct unnest($module_ids::varchar[]) as module_id
),

lying as (
    select held.module_id, count(*) as accounts, count(case when not held.is_seen then 1 end) as unseen
    from held
    group by held.module_id
)

select
    'account' as kind, asked.account_id as thing_id,
    case when held.account_id is null then 'unknown' else 'unseen' end as state
from asked_account as asked
left join held on asked.account_id = held.account_id
where held.is_seen is distinct from true

union all

select
    'module' as kind, asked.module_id as thing_id,
    case
        when asked.module_id not in (select book.module_id from module as book where book.superseded_at is null) then 'unknown'
        when owned.person_id is not null then case when owned.person_id in (select seen.person_id from seen) then 'seen' else 'unseen' end
        when coalesce(lying.unseen, 0) > 0 then 'unseen'
        when lying.accounts > 0 or '' in (select seen.person_id from seen) then 'seen'
        else 'nothing'
    end as state
from asked_module as asked
left join books_on($day::date) as owned on asked.module_id = owned.module_id
left join lying on asked.module_id = lying.module_id
order by kind, thing_id
