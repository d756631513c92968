-- Managers who get a quota in the file together with people who report to them: both sums over the months of the file.
with own as (
    select moving.person_id, sum(moving.quota_usd)::decimal(18, 2) as quota_usd
    from moving
    group by moving.person_id
)

select min(member.person_name) as manager, manager.quota_usd, sum(report.quota_usd)::decimal(18, 2) as below_usd, count(*) as reports
from own as manager
inner join report_path as path
    on manager.person_id = path.ancestor_id and path.depth = 1 and path.superseded_at is null
    and path.valid_from <= $exported_on and $exported_on < path.valid_to
inner join own as report on path.person_id = report.person_id
inner join person as member on manager.person_id = member.person_id and member.superseded_at is null
group by manager.person_id, manager.quota_usd
order by manager.quota_usd desc, manager
