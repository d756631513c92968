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

    select 'a reporting line ends at somebody unknown', person_id
    from reporting_line
    where superseded_at is null
      and (person_id not in (select person_id from current_person) or manager_id not in (select person_id from current_person))

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

    select 'a person stands twice', person_id
    from person
    where superseded_at is null
    group by person_id
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

    select 'an import has no audit entry', batch_id
    from import_batch
    where committed_at not in (select happened_at from audit_log)
)

select rule, count(*) as faults, min(about) as first_about
from faults
group by rule
order by rule
