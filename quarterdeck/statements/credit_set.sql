-- The split of one deal as somebody sets it: nobody means that all is the owner's. credit_even and credit_shift follow.

create or replace temp table dividing as
select
    $deal_id::varchar as deal_id, $from_on::date as from_on,
    unnest($people::varchar[]) as person_id, unnest($shares::decimal(18, 9)[]) as share;

create or replace temp table redivided as
select $deal_id::varchar as deal_id, $from_on::date as from_on
