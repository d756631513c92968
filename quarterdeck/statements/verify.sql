-- What a sound database never holds: one row a fault, with the rule it breaks.
with current_person as (
    select person_id from person where superseded_at is null
),

faults as (
    select 'a deal is owned by somebody unknown' as rule, deal_id as about
    from deal_version
    where superseded_at is null and owner_id is not null and owner_id not in (select person_id from current_person)

    union all

    select 'a deal is credited to somebody unknown', deal_id
    from deal_version
    where superseded_at is null and credited_id is not null and credited_id not in (select person_id from current_person)

    union all

    select 'a deal belongs to an account unknown', deal_id
    from deal_version
    where superseded_at is null and account_id is not null
      and account_id not in (select account_id from account_version where superseded_at is null)

    union all

    select 'a deal sells a product unknown', deal_id
    from deal_version
    where superseded_at is null and product_id is not null
      and product_id not in (select product_id from product where superseded_at is null)

    union all

    select 'a quota is for somebody unknown', person_id
    from quota
    where superseded_at is null and person_id not in (select person_id from current_person)

    union all

    select 'a capacity is of somebody unknown', person_id
    from person_capacity
    where superseded_at is null and person_id not in (select person_id from current_person)

    union all

    select 'an objective is for somebody unknown', person_id
    from objective
    where superseded_at is null and person_id not in (select person_id from current_person)

    union all

    select 'a deal is shared with somebody unknown', deal_id
    from deal_credit
    where superseded_at is null and person_id not in (select person_id from current_person)

    union all

    -- A deal whose import was taken back may come again: its split waits for it.
    select 'a split is of a deal never known', deal_id
    from deal_credit
    where superseded_at is null and deal_id not in (select deal_id from deal_version)

    union all

    select 'a split does not add up to the deal', deal_id
    from deal_credit
    where superseded_at is null
    group by deal_id, valid_from, valid_to
    having sum(share) <> 1

    union all

    select 'somebody reports to themselves, round a circle', person_id
    from report_path
    where superseded_at is null and depth > 0 and ancestor_id = person_id

    union all

    select 'a reporting line ends at somebody unknown', person_id
    from reporting_line
    where superseded_at is null
      and (person_id not in (select person_id from current_person) or manager_id not in (select person_id from current_person))

    union all

    select 'an account unknown is in a module', account_id
    from module_account
    where superseded_at is null
      and account_id not in (select account_id from account_version where superseded_at is null)

    union all

    select 'an account is in a module unknown', account_id
    from module_account
    where superseded_at is null and module_id not in (select module_id from module where superseded_at is null)

    union all

    select 'a realignment on trial is unknown', scenario_id
    from (
        select scenario_id from scenario_move where superseded_at is null
        union all
        select scenario_id from scenario_rule where superseded_at is null
        union all
        select scenario_id from scenario_deal where superseded_at is null
    ) as part
    where scenario_id not in (select scenario_id from scenario where superseded_at is null)

    union all

    select 'a realignment stands twice', scenario_id
    from scenario
    where superseded_at is null
    group by scenario_id
    having count(*) > 1

    union all

    select 'a view stands twice', view_id
    from saved_view
    where superseded_at is null
    group by view_id
    having count(*) > 1

    union all

    select 'two views of a page open first', owner_id || ' ' || page
    from saved_view
    where superseded_at is null and is_default
    group by owner_id, page
    having count(*) > 1

    union all

    select 'an address stands twice', zip || ' ' || city || ' ' || state
    from place
    where superseded_at is null
    group by zip, city, state
    having count(*) > 1

    union all

    select 'a module unknown has an owner', module_id
    from module_owner
    where superseded_at is null and module_id not in (select module_id from module where superseded_at is null)

    union all

    select 'a module is owned by somebody unknown', module_id
    from module_owner
    where superseded_at is null and person_id not in (select person_id from current_person)

    union all

    select 'a service is installed at an account unknown', service_id
    from service
    where superseded_at is null and account_id is not null
      and account_id not in (select account_id from account_version where superseded_at is null)

    union all

    select 'a service is of a product unknown', service_id
    from service
    where superseded_at is null and product_id is not null
      and product_id not in (select product_id from product where superseded_at is null)

    union all

    select 'a contact belongs to an account unknown', contact_id
    from contact
    where superseded_at is null and account_id is not null
      and account_id not in (select account_id from account_version where superseded_at is null)

    union all

    select 'an activity is by somebody unknown', activity_id
    from activity
    where superseded_at is null and person_id is not null and person_id not in (select person_id from current_person)

    union all

    select 'an activity is at an account unknown', activity_id
    from activity
    where superseded_at is null and account_id is not null
      and account_id not in (select account_id from account_version where superseded_at is null)

    union all

    -- A deal whose import was taken back may come again: its activities wait for it.
    select 'an activity is on a deal never known', activity_id
    from activity
    where superseded_at is null and deal_id is not null and deal_id not in (select deal_id from deal_version)

    union all

    select 'an export unknown or taken back holds or lacks a deal', deal_id
    from import_row
    where superseded_at is null
      and batch_id not in (select batch.batch_id from import_batch as batch where batch.undone_at is null)

    union all

    select 'an event unknown or taken back still counts', deal_id
    from deal_event
    where superseded_at is null
      and batch_id not in (select batch.batch_id from import_batch as batch where batch.undone_at is null)

    union all

    select 'a version ends before it begins', deal_id
    from deal_version
    where superseded_at is null and valid_to <= valid_from

    union all

    select 'two versions of a deal hold on one day', deal_id
    from (
        select deal_id, valid_from, lag(valid_to) over (partition by deal_id order by valid_from, valid_to) as last_to
        from deal_version
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'two versions of an account hold on one day', account_id
    from (
        select account_id, valid_from, lag(valid_to) over (partition by account_id order by valid_from, valid_to) as last_to
        from account_version
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'two versions of a service hold on one day', service_id
    from (
        select service_id, valid_from, lag(valid_to) over (partition by service_id order by valid_from, valid_to) as last_to
        from service
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'a dated link or service ends before it begins', about
    from (
        select account_id as about, valid_from, valid_to from module_account where superseded_at is null
        union all
        select module_id, valid_from, valid_to from module_owner where superseded_at is null
        union all
        select service_id, valid_from, valid_to from service where superseded_at is null
    ) as spell
    where valid_to <= valid_from

    union all

    select 'a contact or activity stands twice', about
    from (
        select 'contact' as kind, contact_id as about from contact where superseded_at is null
        union all
        select 'activity', activity_id from activity where superseded_at is null
    ) as one
    group by kind, about
    having count(*) > 1

    union all

    select 'somebody is missing from the closure of reporting lines', person_id
    from current_person
    where person_id not in (select person_id from report_path where superseded_at is null and depth = 0)

    union all

    select 'a row was said by an import that is not recorded', batch_id
    from deal_version
    where batch_id is not null and batch_id not in (select batch_id from import_batch)

    union all

    select 'two fiscal months hold one day, or none does', calendar_id
    from (
        select
            calendar_id, month_on, to_on,
            lag(to_on) over (partition by calendar_id order by month_on, to_on) as last_to
        from fiscal_period
        where superseded_at is null
    ) as neighbour
    where to_on < month_on or month_on <> last_to + 1

    union all

    select 'a day of the calendar is missing, there twice or counted wrong', day_on::varchar
    from (
        select
            day_on, day_off, working_before, working_through,
            lag(day_on) over (order by day_on) as last_on,
            lag(working_through) over (order by day_on) as last_through
        from calendar_day
        where superseded_at is null
    ) as neighbour
    where day_on <> last_on + 1
       or working_before <> last_through
       or working_through <> working_before + case when day_off is null then 1 else 0 end

    union all

    select 'a quota is for a month the calendar lacks', person_id
    from quota
    where superseded_at is null
      and month_on not in (select month_on from fiscal_period where superseded_at is null and calendar_id = 'default')

    union all

    select 'two rates of a currency hold on one day', currency
    from (
        select currency, valid_from, valid_to, lag(valid_to) over (partition by currency order by valid_from, valid_to) as last_to
        from exchange_rate
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from or valid_to <= valid_from

    union all

    select 'a rate is nothing or less', currency
    from exchange_rate
    where superseded_at is null and rate <= 0

    union all

    select 'a setting stands twice', name
    from setting
    where superseded_at is null
    group by name
    having count(*) > 1

    union all

    select 'an import has no audit entry', batch_id
    from import_batch
    where committed_at not in (select happened_at from audit_log)

    union all

    select 'an action stands twice', action_id
    from action_item
    where superseded_at is null
    group by action_id
    having count(*) > 1

    union all

    select 'a coaching plan stands twice', plan_id
    from coaching_plan
    where superseded_at is null
    group by plan_id
    having count(*) > 1

    union all

    select 'a talk stands twice', session_id
    from coaching_session
    where superseded_at is null
    group by session_id
    having count(*) > 1

    union all

    select 'a private note stands twice', session_id
    from private_note
    where superseded_at is null
    group by session_id
    having count(*) > 1

    union all

    select 'a score stands twice', score_id
    from skill_score
    where superseded_at is null
    group by score_id
    having count(*) > 1

    union all

    select 'an answer stands twice', thing_id
    from coaching_answer
    where superseded_at is null
    group by thing_id
    having count(*) > 1

    union all

    select 'a learning item stands twice', item_id
    from learning_item
    where superseded_at is null
    group by item_id
    having count(*) > 1

    union all

    select 'a story stands twice', story_id
    from win_story
    where superseded_at is null
    group by story_id
    having count(*) > 1

    union all

    select 'somebody who is coached is unknown', person_id
    from (
        select person_id from action_item where superseded_at is null
        union all
        select person_id from coaching_plan where superseded_at is null
        union all
        select person_id from coaching_session where superseded_at is null
        union all
        select person_id from private_note where superseded_at is null
        union all
        select person_id from skill_score where superseded_at is null
        union all
        select person_id from coaching_answer where superseded_at is null
        union all
        select person_id from learning_item where superseded_at is null
        union all
        select person_id from win_story where superseded_at is null
        union all
        select person_id from mentor where superseded_at is null
    ) as coached
    where person_id not in (select person_id from person where superseded_at is null)
)

select rule, count(*) as faults, min(about) as first_about
from faults
group by rule
order by rule
