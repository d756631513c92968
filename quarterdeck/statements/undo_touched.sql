-- How many rows a change said or ended.
select sum(touched)::bigint
from (
    select count(*) as touched from person where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from person_role where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from reporting_line where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from alias where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from stage where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from account_version where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from deal_version where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from deal_credit where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from quota where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from person_capacity where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from objective where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from module where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from module_account where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from scenario where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from module_owner where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from activity where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from fiscal_period where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from calendar_day where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from setting where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from exchange_rate where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from action_item where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from coaching_plan where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from coaching_session where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from private_note where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from skill_score where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from coaching_answer where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from learning_item where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from win_story where recorded_at = $undone_at or superseded_at = $undone_at
    union all
    select count(*) as touched from mentor where recorded_at = $undone_at or superseded_at = $undone_at
) as counted
