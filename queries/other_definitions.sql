-- question: What would other definitions give for the same filters?
-- grain: question_id
-- columns:
--   question_id              text
--   won_credits              count
--   lost_or_removed_deals    count
--   open_current_deals       count
--   booked_by_close_usd      usd
--   open_due_usd             usd
--   mean_attainment          ratio?    of those without reports whose own quota is above 0
--   working_share            ratio?    of the period, on the evening of the as-of day
--   calendar_share           ratio?

with credited as (
    select
        credit.deal_id, credit.person_id, credit.outcome, credit.judged_on, credit.close_on, credit.credit_usd,
        credit.judged_on between $from_on and $to_on as is_in_period,
        credit.close_on between $from_on and $to_on as is_due
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
),

each_deal as (
    select
        credited.deal_id,
        credited.outcome,
        max(case when credited.is_in_period then 1 else 0 end) = 1 as is_in_period,
        max(case when credited.credit_usd is not null and (credited.close_on is null or credited.close_on >= $as_of) then 1 else 0 end) = 1 as is_current
    from credited
    group by credited.deal_id, credited.outcome
),

won as (
    select credited.person_id, sum(credited.credit_usd)::decimal(18, 2) as booked_usd
    from credited
    where credited.outcome = 'won' and credited.is_in_period
    group by credited.person_id
),

goal as (
    select quota.person_id, sum(quota.quota_usd)::decimal(18, 2) as quota_usd
    from quotas_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $person_ids, $product_lines, $basis, $assignments, $assigned_on
    ) as quota
    group by quota.person_id
)

select
    'others' as question_id,
    (select won_credits(credited.outcome) from credited where credited.is_in_period) as won_credits,
    (select lost_or_removed_deals(each_deal.outcome) from each_deal where each_deal.is_in_period) as lost_or_removed_deals,
    (select open_current_deals(each_deal.outcome, each_deal.is_current) from each_deal) as open_current_deals,
    (select booked_by_close_usd(credited.outcome, credited.credit_usd) from credited where credited.is_due) as booked_by_close_usd,
    (select open_due_usd(credited.outcome, credited.credit_usd) from credited where credited.is_due) as open_due_usd,
    mean_attainment(attainment(coalesce(won.booked_usd, 0), goal.quota_usd)) as mean_attainment,
    (
        select working_share(max(days.days_gone), max(days.days_in_all))
        from days_gone($from_on, $to_on, $as_of, $as_of) as days
        where exists (select 1 from seen_by($viewer_id, $viewer_role) as sight)
    ) as working_share,
    case
        when exists (select 1 from seen_by($viewer_id, $viewer_role) as sight) then calendar_share($from_on, $to_on, $as_of)
    end as calendar_share
from goal
left join won on goal.person_id = won.person_id
where goal.quota_usd > 0
  and goal.person_id not in (
      select path.ancestor_id
      from report_paths() as path
      where path.depth > 0 and holds_on(path.valid_from, path.valid_to, $assigned_on)
  )
order by question_id
