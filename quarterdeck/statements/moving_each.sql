-- Every account that somebody owns goes to the owner's module, and has always lain there, unless another one is known.
-- accounts_move follows.
create or replace temp table moving_accounts as
with of_each as (
    select unnest($owner_ids::varchar[]) as person_id, unnest($module_ids::varchar[]) as module_id
)

select
    owned.account_id, of_each.module_id,
    case
        when owned.account_id in (select link.account_id from module_account as link where link.superseded_at is null) then $from_on::date
        else date '0001-01-01'
    end as from_on
from owned_account as owned
inner join of_each on owned.person_id = of_each.person_id
