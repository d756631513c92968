-- What holds twice on one day although only one can: a quota, a manager, a role, a stage, a module or its owner.
with faults as (
    select 'two quotas of a person, month and line hold on one day' as rule, person_id as about
    from (
        select
            person_id, valid_from,
            lag(valid_to) over (partition by person_id, month_on, product_line, basis order by valid_from, valid_to) as last_to
        from quota
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'two shares of one kind of somebody hold on one day', person_id
    from (
        select person_id, valid_from, lag(valid_to) over (partition by person_id, kind order by valid_from, valid_to) as last_to
        from person_capacity
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'two objectives of one kind of somebody hold on one day', person_id
    from (
        select person_id, valid_from, lag(valid_to) over (partition by person_id, kind, every order by valid_from, valid_to) as last_to
        from objective
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'two splits of a deal hold on one day', deal_id
    from (
        select deal_id, valid_from, lag(valid_to) over (partition by deal_id order by valid_from, valid_to) as last_to
        from (select distinct deal_id, valid_from, valid_to from deal_credit where superseded_at is null) as spell
    ) as neighbour
    where last_to > valid_from

    union all

    select 'two splits of a deal hold on one day', deal_id
    from deal_credit
    where superseded_at is null
    group by deal_id, valid_from, valid_to
    having count(*) > count(distinct person_id) or sum(share) > 1

    union all

    select 'somebody has two managers on one day', person_id
    from (
        select person_id, valid_from, lag(valid_to) over (partition by person_id order by valid_from, valid_to) as last_to
        from reporting_line
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'somebody has two roles on one day', person_id
    from (
        select person_id, valid_from, lag(valid_to) over (partition by person_id order by valid_from, valid_to) as last_to
        from person_role
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'a stage stands twice', stage_name
    from stage
    where superseded_at is null
    group by pipeline, stage_name
    having count(*) > 1

    union all

    select 'an account is in two modules on one day', account_id
    from (
        select account_id, valid_from, lag(valid_to) over (partition by account_id order by valid_from, valid_to) as last_to
        from module_account
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'a module has two owners on one day', module_id
    from (
        select module_id, valid_from, lag(valid_to) over (partition by module_id order by valid_from, valid_to) as last_to
        from module_owner
        where superseded_at is null
    ) as neighbour
    where last_to > valid_from

    union all

    select 'a module stands twice', module_id
    from module
    where superseded_at is null
    group by module_id
    having count(*) > 1

    union all

    select 'a person stands twice', person_id
    from person
    where superseded_at is null
    group by person_id
    having count(*) > 1
)

select rule, count(*) as faults, min(about) as first from faults group by rule order by rule
