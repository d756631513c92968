-- question: How much was done on each day of the last thirteen weeks?
-- grain: day_on
-- columns:
--   day_on       date    from the Monday twelve weeks before the week of the as-of day until that day
--   week_on      date    its Monday
--   place        count   0 for Monday … 6 for Sunday
--   day_off      text?   Weekend, or the holiday's name
--   activities   count

with act as (
    select done.happened_on, activities(done.activity_id) as activities
    from activities_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $strategic_only, $assignments, $assigned_on
    ) as done
    where done.happened_on >= (date_trunc('week', $as_of)::date - interval 84 day)::date
    group by done.happened_on
)

select
    known.day_on,
    date_trunc('week', known.day_on)::date as week_on,
    date_diff('day', date_trunc('week', known.day_on)::date, known.day_on) as place,
    known.day_off,
    coalesce(act.activities, 0) as activities
from days_known() as known
left join act on known.day_on = act.happened_on
where known.day_on between (date_trunc('week', $as_of)::date - interval 84 day)::date and $as_of
  and exists (select 1 from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member)
order by known.day_on
