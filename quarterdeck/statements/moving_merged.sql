-- One module becomes another: its accounts lie there from a day on, those that come to it later from then.
create or replace temp table moving_accounts as
select link.account_id, $first_id::varchar as module_id, min(greatest(link.valid_from, $from_on::date)) as from_on
from module_account as link
where link.superseded_at is null and link.module_id = $second_id and link.valid_to > $from_on::date
group by link.account_id
