-- question: What has each person done of each kind, of what was set out to do, and when last?
-- grain: person_id, kind
-- columns:
--   person_id       text     '' for activities of nobody known
--   person_name     text?
--   kind            text     as files and objectives name it, whatever its capitals
--   done            count    in the period until the as-of day
--   last_on         date?    the last one ever, until the as-of day
--   day_done        count    on the as-of day
--   day_target      count?   the objective of each day that holds then
--   week_done       count    in the week of the as-of day, from Monday until its evening
--   week_target     count?   the objective of each week that holds then
--   done_share      ratio?   done ÷ objective of the week
--   working_share   ratio?   working days of the week that are over on the evening ÷ all of them

with act as (
    select done.activity_id, done.person_id, done.kind, lower(done.kind) as kind_key, done.happened_on
    from activities_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $strategic_only, $assignments, $assigned_on
    ) as done
),

aim as (
    select goal.person_id, goal.kind, lower(goal.kind) as kind_key, goal.every, goal.target
    from objective as goal
    semi join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member on goal.person_id = member.person_id
    where goal.superseded_at is null
      and holds_on(goal.valid_from, goal.valid_to, $as_of)
      and lower(goal.kind) <> 'new pipeline'
),

named as (
    select word.kind_key, min(word.kind) as kind
    from (
        select act.kind_key, act.kind from act
        union all
        select aim.kind_key, aim.kind from aim
    ) as word
    group by word.kind_key
),

counted as (
    select
        act.person_id, act.kind_key,
        activities(case when act.happened_on between $from_on and $to_on then act.activity_id end) as done,
        activities(case when act.happened_on = $as_of then act.activity_id end) as day_done,
        activities(case when act.happened_on >= date_trunc('week', $as_of)::date then act.activity_id end) as week_done,
        max(act.happened_on) as last_on
    from act
    group by act.person_id, act.kind_key
),

daily as (
    select aim.person_id, aim.kind_key, max(aim.target)::bigint as day_target
    from aim
    where aim.every = 'day'
    group by aim.person_id, aim.kind_key
),

weekly as (
    select
        goal.person_id, goal.kind_key, goal.week_target,
        done_share(coalesce(counted.week_done, 0), goal.week_target) as done_share
    from (
        select aim.person_id, aim.kind_key, max(aim.target)::bigint as week_target
        from aim
        where aim.every = 'week'
        group by aim.person_id, aim.kind_key
    ) as goal
    left join counted on goal.person_id = counted.person_id and goal.kind_key = counted.kind_key
),

pair as (
    select counted.person_id, counted.kind_key from counted
    union
    select aim.person_id, aim.kind_key from aim
),

week as (
    select working_share(today.working_through - first.working_before, last.working_through - first.working_before) as working_share
    from days_known() as today
    inner join days_known() as first on first.day_on = date_trunc('week', $as_of)::date
    inner join days_known() as last on last.day_on = (date_trunc('week', $as_of)::date + interval 6 day)::date
    where today.day_on = $as_of
)

select
    pair.person_id,
    member.person_name,
    named.kind,
    coalesce(counted.done, 0) as done,
    counted.last_on,
    coalesce(counted.day_done, 0) as day_done,
    daily.day_target,
    coalesce(counted.week_done, 0) as week_done,
    weekly.week_target,
    weekly.done_share,
    week.working_share
from pair
inner join named on pair.kind_key = named.kind_key
left join counted on pair.person_id = counted.person_id and pair.kind_key = counted.kind_key
left join daily on pair.person_id = daily.person_id and pair.kind_key = daily.kind_key
left join weekly on pair.person_id = weekly.person_id and pair.kind_key = weekly.kind_key
left join person as member on pair.person_id = member.person_id and member.superseded_at is null
left join week on true
order by member.person_name, pair.person_id, named.kind
