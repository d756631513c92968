-- question: What is each person's own quota, month by month?
-- grain: person_id, month_on, product_line
-- columns:
--   person_id      text
--   month_on       date    first day of a fiscal month of the period
--   product_line   text    '' for all lines together
--   own_quota_usd  usd     as it holds on the as-of day
--   since_on       date?   when this revision began; empty for a first quota, which has always been it

select
    quota.person_id,
    quota.month_on,
    quota.product_line,
    quota.quota_usd as own_quota_usd,
    case when quota.valid_from > date '0001-01-01' then quota.valid_from end as since_on
from quotas_at($as_of) as quota
semi join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen on quota.person_id = seen.person_id
where quota.basis = $basis
  and quota.month_on between $from_on and $to_on
  and chosen($product_lines, quota.product_line)
order by quota.person_id, quota.month_on, quota.product_line
