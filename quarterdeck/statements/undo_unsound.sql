-- What no undo may leave behind: circles of managers, and quotas for months that the calendar lacks.
select
    (select count(*) from report_path where superseded_at is null and depth > 0 and ancestor_id = person_id),
    (
        select count(*)
        from quota
        where superseded_at is null
          and month_on not in (select month_on from fiscal_period where superseded_at is null and calendar_id = 'default')
    )
