-- The quotas of these people for whole months from the day on, as known on that day.
select quota.person_id, quota.month_on, quota.product_line, quota.basis, (quota.quota_usd * 100)::bigint as cents
from quotas_at($from_on) as quota
where quota.month_on >= $from_on and quota.person_id in (select unnest($people::varchar[]))
order by quota.month_on, quota.product_line, quota.basis, quota.person_id
