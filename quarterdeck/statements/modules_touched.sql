-- Which accounts and modules did a change of a moment touch?
select 'account' as kind, link.account_id as thing_id
from module_account as link
where link.recorded_at = $undone_at or link.superseded_at = $undone_at

union

select 'module', book.module_id
from module as book
where book.recorded_at = $undone_at or book.superseded_at = $undone_at

union

select 'module', book.module_id
from module_owner as book
where book.recorded_at = $undone_at or book.superseded_at = $undone_at
