-- What a person should know of the rows of quotas: people whom nobody knows yet, people who left before the months of
-- their quota, and rows without one.
select 'unknown' as doubt, min(coalesce(arriving.person, arriving.person_id)) as first, count(distinct arriving.member_id) as number
from arriving
where arriving.member_id is not null
  and arriving.member_id not in (select member.person_id from person as member where member.superseded_at is null)
having count(*) > 0

union all

select 'left', min(member.person_name || ' on ' || member.left_on::varchar), count(distinct moving.person_id)
from moving
inner join person as member on moving.person_id = member.person_id and member.superseded_at is null
where moving.month_on > member.left_on and moving.quota_usd > 0
having count(*) > 0

union all

select 'empty', min(arriving.line)::varchar, count(*)
from arriving
where arriving.quota is null
having count(*) > 0
