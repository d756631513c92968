-- Which accounts lie in a module on a day?
select link.account_id
from module_account as link
where link.superseded_at is null and link.module_id = $module_id and holds_on(link.valid_from, link.valid_to, $from_on::date)
order by link.account_id
