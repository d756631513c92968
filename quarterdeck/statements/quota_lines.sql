-- What somebody's quotas of some months are now, by product line; '' is all lines together.
select quota.month_on, quota.product_line, (quota.quota_usd * 100)::bigint as cents
from quota
where quota.superseded_at is null and quota.valid_to = date '9999-12-31'
  and quota.person_id = $person_id and quota.basis = $basis and list_contains($months::date[], quota.month_on)
order by quota.product_line, quota.month_on
