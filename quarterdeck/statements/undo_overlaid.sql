-- When the newest later change was made that builds on this one: it changed what this one said, stands where
-- this one would bring something back, or uses somebody whom this one brought in.
with brought as (
    select person_id
    from person
    where recorded_at = $undone_at and superseded_at is null
      and person_id not in (select was.person_id from person as was where was.superseded_at = $undone_at)
),

-- A module that this one made anew.
made as (
    select module_id
    from module
    where recorded_at = $undone_at and superseded_at is null
      and module_id not in (select was.module_id from module as was where was.superseded_at = $undone_at)
),

-- Modules and links of modules that are not any more as this one left them: what was done to them and taken back since
-- is not in the way.
module_then as (
    select was.* exclude (recorded_at, superseded_at)
    from module as was
    where was.recorded_at <= $undone_at and (was.superseded_at is null or was.superseded_at > $undone_at)
),

module_now as (
    select now.* exclude (recorded_at, superseded_at) from module as now where now.superseded_at is null
),

module_new as (
    select * from module_now except select * from module_then
),

module_other as (
    select other.module_id
    from (
        select * from module_new
        union
        (select * from module_then except select * from module_now)
    ) as other
    where other.module_id in (
        select touched.module_id from module as touched where touched.recorded_at = $undone_at or touched.superseded_at = $undone_at
    )
),

module_account_then as (
    select was.* exclude (recorded_at, superseded_at)
    from module_account as was
    where was.recorded_at <= $undone_at and (was.superseded_at is null or was.superseded_at > $undone_at)
),

module_account_now as (
    select now.* exclude (recorded_at, superseded_at) from module_account as now where now.superseded_at is null
),

module_account_new as (
    select * from module_account_now except select * from module_account_then
),

module_account_other as (
    select other.account_id
    from (
        select * from module_account_new
        union
        (select * from module_account_then except select * from module_account_now)
    ) as other
    where other.account_id in (
        select touched.account_id from module_account as touched where touched.recorded_at = $undone_at or touched.superseded_at = $undone_at
    )
),

module_owner_then as (
    select was.* exclude (recorded_at, superseded_at)
    from module_owner as was
    where was.recorded_at <= $undone_at and (was.superseded_at is null or was.superseded_at > $undone_at)
),

module_owner_now as (
    select now.* exclude (recorded_at, superseded_at) from module_owner as now where now.superseded_at is null
),

module_owner_new as (
    select * from module_owner_now except select * from module_owner_then
),

module_owner_other as (
    select other.module_id
    from (
        select * from module_owner_new
        union
        (select * from module_owner_then except select * from module_owner_now)
    ) as other
    where other.module_id in (
        select touched.module_id from module_owner as touched where touched.recorded_at = $undone_at or touched.superseded_at = $undone_at
    )
),

later as (
    select superseded_at as moment
    from person
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from person as was
    inner join person as now on was.person_id = now.person_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from person_role
    where recorded_at = $undone_at and superseded_at <> $undone_at and origin <> 'assumed'

    union all

    select now.recorded_at
    from person_role as was
    inner join person_role as now on was.person_id = now.person_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and was.origin <> 'assumed' and now.origin <> 'assumed'
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from reporting_line
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from reporting_line as was
    inner join reporting_line as now on was.person_id = now.person_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from alias
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select superseded_at as moment
    from stage
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from stage as was
    inner join stage as now on was.pipeline = now.pipeline and was.stage_name = now.stage_name
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from account_version
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from account_version as was
    inner join account_version as now on was.account_id = now.account_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from deal_version
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from deal_version as was
    inner join deal_version as now on was.deal_id = now.deal_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from deal_credit
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from deal_credit as was
    inner join deal_credit as now on was.deal_id = now.deal_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from quota
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from quota as was
    inner join quota as now on was.person_id = now.person_id and was.month_on = now.month_on and was.product_line = now.product_line and was.basis = now.basis
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from person_capacity
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from person_capacity as was
    inner join person_capacity as now on was.person_id = now.person_id and was.kind = now.kind
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from objective
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from objective as was
    inner join objective as now on was.person_id = now.person_id and was.kind = now.kind and was.every = now.every
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select greatest(max(now.recorded_at), max(now.superseded_at))
    from module as now
    where now.module_id in (select other.module_id from module_other as other)

    union all

    select greatest(max(now.recorded_at), max(now.superseded_at))
    from module_account as now
    where now.account_id in (select other.account_id from module_account_other as other)

    union all

    select superseded_at as moment
    from scenario
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from scenario as was
    inner join scenario as now on was.scenario_id = now.scenario_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select greatest(max(now.recorded_at), max(now.superseded_at))
    from module_owner as now
    where now.module_id in (select other.module_id from module_owner_other as other)

    union all

    select superseded_at as moment
    from activity
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from activity as was
    inner join activity as now on was.activity_id = now.activity_id
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from fiscal_period
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from fiscal_period as was
    inner join fiscal_period as now on was.calendar_id = now.calendar_id and was.month_on = now.month_on
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from calendar_day
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from calendar_day as was
    inner join calendar_day as now on was.day_on = now.day_on
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from setting
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from setting as was
    inner join setting as now on was.name = now.name
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and now.recorded_at > $undone_at

    union all

    select superseded_at as moment
    from exchange_rate
    where recorded_at = $undone_at and superseded_at <> $undone_at

    union all

    select now.recorded_at
    from exchange_rate as was
    inner join exchange_rate as now on was.currency = now.currency
    where was.superseded_at = $undone_at and was.recorded_at <> $undone_at and now.superseded_at is null and now.recorded_at <> $undone_at
      and was.valid_from < now.valid_to and now.valid_from < was.valid_to
      and now.recorded_at > $undone_at

    union all

    select used.recorded_at
    from deal_version as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.owner_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from deal_version as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.credited_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from account_version as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.owner_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from quota as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from person_capacity as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from objective as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from deal_credit as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from reporting_line as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from reporting_line as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.manager_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from module_owner as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from activity as used
    where used.superseded_at is null and used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)

    union all

    select used.recorded_at
    from module_account as used
    inner join module_account_new as anew on used.account_id = anew.account_id and used.valid_from = anew.valid_from
    where used.superseded_at is null and anew.module_id in (select made.module_id from made)

    union all

    select used.recorded_at
    from module_owner as used
    inner join module_owner_new as anew on used.module_id = anew.module_id and used.valid_from = anew.valid_from
    where used.superseded_at is null and anew.module_id in (select made.module_id from made)

    union all

    select used.recorded_at
    from (
        select person_id as person_id, recorded_at from action_item where superseded_at is null
        union all
        select author_id as person_id, recorded_at from action_item where superseded_at is null
        union all
        select owner_id as person_id, recorded_at from action_item where superseded_at is null
        union all
        select person_id as person_id, recorded_at from coaching_plan where superseded_at is null
        union all
        select author_id as person_id, recorded_at from coaching_plan where superseded_at is null
        union all
        select person_id as person_id, recorded_at from coaching_session where superseded_at is null
        union all
        select author_id as person_id, recorded_at from coaching_session where superseded_at is null
        union all
        select person_id as person_id, recorded_at from private_note where superseded_at is null
        union all
        select author_id as person_id, recorded_at from private_note where superseded_at is null
        union all
        select person_id as person_id, recorded_at from skill_score where superseded_at is null
        union all
        select author_id as person_id, recorded_at from skill_score where superseded_at is null
        union all
        select person_id as person_id, recorded_at from coaching_answer where superseded_at is null
        union all
        select person_id as person_id, recorded_at from learning_item where superseded_at is null
        union all
        select author_id as person_id, recorded_at from learning_item where superseded_at is null
        union all
        select mentor_id as person_id, recorded_at from learning_item where superseded_at is null
        union all
        select person_id as person_id, recorded_at from win_story where superseded_at is null
        union all
        select author_id as person_id, recorded_at from win_story where superseded_at is null
    ) as used
    where used.recorded_at > $undone_at and used.person_id in (select brought.person_id from brought)
)

select max(moment) from later
