-- One order-free hash a table of what is current: superseded rows and recorded_at left out.
-- audit_log and import_batch only grow and are left out.
select 'account_version' as table_name, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0) as hash from (select * exclude (recorded_at, superseded_at) from account_version where superseded_at is null) as t
union all
select 'action_item', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from action_item where superseded_at is null) as t
union all
select 'activity', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from activity where superseded_at is null) as t
union all
select 'alias', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from alias where superseded_at is null) as t
union all
select 'calendar_day', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from calendar_day where superseded_at is null) as t
union all
select 'coaching_answer', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from coaching_answer where superseded_at is null) as t
union all
select 'coaching_plan', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from coaching_plan where superseded_at is null) as t
union all
select 'coaching_session', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from coaching_session where superseded_at is null) as t
union all
select 'contact', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from contact where superseded_at is null) as t
union all
select 'deal_credit', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from deal_credit where superseded_at is null) as t
union all
select 'deal_event', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from deal_event where superseded_at is null) as t
union all
select 'deal_line', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from deal_line where superseded_at is null) as t
union all
select 'deal_version', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from deal_version where superseded_at is null) as t
union all
select 'exchange_rate', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from exchange_rate where superseded_at is null) as t
union all
select 'fiscal_period', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from fiscal_period where superseded_at is null) as t
union all
select 'identity', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from identity where superseded_at is null) as t
union all
select 'import_row', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from import_row where superseded_at is null) as t
union all
select 'learning_item', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from learning_item where superseded_at is null) as t
union all
select 'mentor', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from mentor where superseded_at is null) as t
union all
select 'module', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from module where superseded_at is null) as t
union all
select 'module_account', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from module_account where superseded_at is null) as t
union all
select 'module_owner', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from module_owner where superseded_at is null) as t
union all
select 'objective', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from objective where superseded_at is null) as t
union all
select 'person', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from person where superseded_at is null) as t
union all
select 'person_access', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from person_access where superseded_at is null) as t
union all
select 'person_capacity', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from person_capacity where superseded_at is null) as t
union all
select 'person_role', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from person_role where superseded_at is null) as t
union all
select 'place', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from place where superseded_at is null) as t
union all
select 'private_note', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from private_note where superseded_at is null) as t
union all
select 'product', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from product where superseded_at is null) as t
union all
select 'quota', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from quota where superseded_at is null) as t
union all
select 'report_path', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from report_path where superseded_at is null) as t
union all
select 'reporting_line', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from reporting_line where superseded_at is null) as t
union all
select 'saved_view', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from saved_view where superseded_at is null) as t
union all
select 'scenario', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from scenario where superseded_at is null) as t
union all
select 'scenario_deal', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from scenario_deal where superseded_at is null) as t
union all
select 'scenario_move', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from scenario_move where superseded_at is null) as t
union all
select 'scenario_rule', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from scenario_rule where superseded_at is null) as t
union all
select 'service', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from service where superseded_at is null) as t
union all
select 'setting', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from setting where superseded_at is null) as t
union all
select 'skill_score', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from skill_score where superseded_at is null) as t
union all
select 'stage', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from stage where superseded_at is null) as t
union all
select 'win_story', count(*), coalesce(sum(hash(t)::hugeint), 0) from (select * exclude (recorded_at, superseded_at) from win_story where superseded_at is null) as t
order by table_name
