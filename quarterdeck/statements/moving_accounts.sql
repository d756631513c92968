-- Which accounts go to one module from a day on; '' for none. accounts_move follows.
-- A first known link has always been so, unless it is said of a day ahead.
create or replace temp table moving_accounts as
with going as (
    select distinct unnest($account_ids::varchar[]) as account_id
)

select
    going.account_id, $module_id::varchar as module_id,
    case
        when $from_on::date <= $today::date
            and going.account_id not in (select link.account_id from module_account as link where link.superseded_at is null)
            then date '0001-01-01'
        else $from_on::date
    end as from_on
from going
