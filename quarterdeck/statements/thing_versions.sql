-- What one thing says now, and what it said at the version of the data that a form showed.
with said as (
    select setting.value as words, setting.recorded_at, setting.superseded_at
    from setting
    where $kind = 'setting' and setting.name = $thing

    union all

    select concat_ws(', ', stage.position, stage.outcome, stage.forecast_category, stage.probability, stage.skill), stage.recorded_at, stage.superseded_at
    from stage
    where $kind = 'stage' and concat(stage.pipeline, '/', stage.stage_name) = $thing

    union all

    select role.role, role.recorded_at, role.superseded_at
    from person_role as role
    where $kind = 'role' and role.person_id = $thing and role.valid_to = date '9999-12-31' and role.origin <> 'assumed'

    union all

    select coalesce(manager.person_name, line.manager_id), line.recorded_at, line.superseded_at
    from reporting_line as line
    left join (select person_id, max(person_name) as person_name from person group by person_id) as manager
        on line.manager_id = manager.person_id
    where $kind = 'manager' and line.person_id = $thing and line.valid_to = date '9999-12-31'

    union all

    select
        concat_ws(', ', person.person_name, person.kind, person.email, person.region, person.hired_on, person.left_on, person.base_zip),
        person.recorded_at, person.superseded_at
    from person
    where $kind = 'person' and person.person_id = $thing

    union all

    select strftime(quota.month_on, '%b %Y') || ' ' || quota.quota_usd::varchar, quota.recorded_at, quota.superseded_at
    from quota
    where $kind = 'quota' and quota.person_id = $thing and quota.valid_to = date '9999-12-31'

    union all

    select concat_ws(' ', spell.kind, (spell.share * 100)::integer::varchar || ' %', spell.valid_from, 'until', spell.valid_to), spell.recorded_at, spell.superseded_at
    from person_capacity as spell
    where $kind = 'capacity' and spell.person_id = $thing

    union all

    select concat_ws(' ', goal.kind, goal.target, 'a', goal.every), goal.recorded_at, goal.superseded_at
    from objective as goal
    where $kind = 'objective' and goal.person_id = $thing and goal.valid_to = date '9999-12-31'

    union all

    select member.person_name || ' ' || (credit.share * 100)::varchar || ' %', credit.recorded_at, credit.superseded_at
    from deal_credit as credit
    left join (select person_id, max(person_name) as person_name from person group by person_id) as member
        on credit.person_id = member.person_id
    where $kind = 'credit' and credit.deal_id = $thing and credit.valid_to = date '9999-12-31'

    union all

    select rate.rate::varchar || ' from ' || rate.valid_from::varchar, rate.recorded_at, rate.superseded_at
    from exchange_rate as rate
    where $kind = 'rate' and rate.currency = $thing

    union all

    select book.module_name, book.recorded_at, book.superseded_at
    from module as book
    where $kind = 'module' and book.module_id = $thing

    union all

    select
        concat_ws(' from ', coalesce(member.person_name, owned.person_id), nullif(owned.valid_from, date '0001-01-01')::varchar),
        owned.recorded_at, owned.superseded_at
    from module_owner as owned
    left join (select person_id, max(person_name) as person_name from person group by person_id) as member
        on owned.person_id = member.person_id
    where $kind = 'module owner' and owned.module_id = $thing and owned.valid_to = date '9999-12-31'

    union all

    select concat_ws(', ', plan.status, plan.goal, plan.review_on, plan.answer, plan.outcome), plan.recorded_at, plan.superseded_at
    from coaching_plan as plan
    where $kind = 'coaching plan' and plan.plan_id = $thing

    union all

    select concat_ws(', ', talk.held_on, talk.minutes, talk.next_on, talk.notes), talk.recorded_at, talk.superseded_at
    from coaching_session as talk
    where $kind = 'talk' and talk.session_id = $thing

    union all

    select concat_ws(', ', item.what, item.due_on, item.done_on), item.recorded_at, item.superseded_at
    from action_item as item
    where $kind = 'action' and item.action_id = $thing

    union all

    select concat_ws(', ', item.title, item.due_on, item.done_on, item.evidence), item.recorded_at, item.superseded_at
    from learning_item as item
    where $kind = 'learning' and item.item_id = $thing
),

looking as (
    select coalesce(max(happened_at), timestamp '2000-01-01') as looked_at from audit_log where audit_id <= $seen
)

select
    (select string_agg(said.words, ' · ' order by said.words) from said where said.superseded_at is null),
    (
        select string_agg(said.words, ' · ' order by said.words)
        from said
        cross join looking
        where said.recorded_at <= looking.looked_at
          and (said.superseded_at is null or said.superseded_at > looking.looked_at)
    )
