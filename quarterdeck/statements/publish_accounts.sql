-- Which accounts come to lie in which modules. accounts_move follows.
create or replace temp table moving_accounts as
select unnest($accounts::varchar[]) as account_id, unnest($modules::varchar[]) as module_id, $from_on::date as from_on
