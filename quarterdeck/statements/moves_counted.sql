-- What accounts_move and owners_move have changed: accounts, modules in other hands, how many changes that were dated later
-- have given way, and how many accounts have always lain where they lie now.
with later as (
    select 'account' as kind, cutting.account_id as subject_id, unnest([cutting.valid_from, cutting.valid_to]) as turns_on, cutting.first_on
    from account_cutting as cutting

    union

    select 'module', cutting.module_id, unnest([cutting.valid_from, cutting.valid_to]), cutting.first_on
    from owner_cutting as cutting
)

select
    (select count(*) from account_changing),
    (select count(*) from owner_changing),
    (select count(*) from later where later.turns_on > later.first_on and later.turns_on < date '9999-12-31'),
    (
        select count(*)
        from account_changing as changing
        where changing.first_on = date '0001-01-01'
    )
