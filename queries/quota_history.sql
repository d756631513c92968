-- question: When was a quota of the period set or changed, by whom, and from what?
-- grain: change_id
-- columns:
--   change_id       text    one moment and person
--   changed_on      date
--   changed_at      text    UTC, to the minute
--   actor           text
--   command         text    what was done: a quota typed, a file imported, a change taken back
--   file_name       text?   of an import
--   person_id       text
--   person_name     text
--   product_line    text    those it set, by name; '' for all lines together
--   months          count   of the period that it set
--   first_month_on  date
--   before_usd      usd?    of those months and lines, as they stood; empty for a first quota
--   after_usd       usd
--   holds_from_on   date?   empty for a first quota, which has always been it
--   is_standing     flag    none of it was replaced or taken back since
--   is_ahead        flag    it holds from a day after the as-of day

with said as (
    select
        quota.person_id, quota.month_on, quota.product_line, quota.quota_usd, quota.valid_from, quota.batch_id,
        quota.recorded_at, quota.superseded_at
    from quota
    semi join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen on quota.person_id = seen.person_id
    where quota.basis = $basis
      and quota.month_on between $from_on and $to_on
      and quota.valid_to = date '9999-12-31'
      and chosen($product_lines, quota.product_line)
),

changed as (
    select
        now.person_id, now.recorded_at,
        min(now.batch_id) as batch_id,
        string_agg(distinct now.product_line, ', ' order by now.product_line) as product_line,
        count(distinct now.month_on) as months,
        min(now.month_on) as first_month_on,
        sum(was.quota_usd)::decimal(18, 2) as before_usd,
        sum(now.quota_usd)::decimal(18, 2) as after_usd,
        max(case when now.valid_from > date '0001-01-01' then now.valid_from end) as holds_from_on,
        count(now.superseded_at) = 0 as is_standing
    from said as now
    left join said as was
        on now.person_id = was.person_id
        and now.month_on = was.month_on
        and now.product_line = was.product_line
        and now.recorded_at = was.superseded_at
    group by now.person_id, now.recorded_at
),

done as (
    select entry.happened_at, min(entry.actor) as actor, min(entry.command) as command
    from audit_log as entry
    group by entry.happened_at
)

select
    concat_ws('|', changed.recorded_at::varchar, changed.person_id) as change_id,
    changed.recorded_at::date as changed_on,
    substr(changed.recorded_at::varchar, 1, 16) as changed_at,
    coalesce(done.actor, '') as actor,
    coalesce(done.command, '') as command,
    batch.file_name,
    changed.person_id,
    member.person_name,
    changed.product_line,
    changed.months,
    changed.first_month_on,
    changed.before_usd,
    changed.after_usd,
    changed.holds_from_on,
    changed.is_standing,
    coalesce(changed.holds_from_on > $as_of, false) as is_ahead
from changed
inner join person as member on changed.person_id = member.person_id and member.superseded_at is null
left join done on changed.recorded_at = done.happened_at
left join import_batch as batch on changed.batch_id = batch.batch_id
order by changed.recorded_at desc, member.person_name, change_id
