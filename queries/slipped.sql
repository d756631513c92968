-- question: How much of what was due slipped out of the period, and whose is it?
-- grain: person_id
-- columns:
--   person_id                 text     who is credited; 'all' for everyone, each deal once; '' without a known owner
--   person_name               text?
--   was_due_deals             count    open and due in the period on the day compared with, or when first due later
--   was_due_usd               usd      at the amount of the as-of day
--   slipped_deals             count    now open and due after the period, or on no date
--   slipped_usd               usd
--   slipped_share             ratio?   of the deals that were due
--   wilson_low                ratio?   95 %
--   wilson_high               ratio?
--   slipped_share_by_amount   ratio?
--   undated_deals             count    slipped, without any close date now
--   ever_slipped_deals        count    slipped, or due in the period again after that
--   won_deals                 count    won, lost or removed meanwhile
--   lost_deals                count
--   removed_deals             count
--   still_due_deals           count    open, and due in the period or before it
--   pushes                    count    of the slipped deals, in all
--   pushed_days               days?    by all these pushes together
--   since_on                  date?    the day of the first export
--   known_until_on            date?    the newest export's day, not after the as-of day

with due as (
    select credit.deal_id, credit.person_id, credit.became, credit.close_on, credit.credit_usd
    from due_credits_in_scope(
        $viewer_id, $viewer_role, $compare_on, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
),

each_deal as (
    select
        'all' as person_id, due.deal_id, due.became, due.close_on,
        sum(due.credit_usd)::decimal(18, 2) as credit_usd
    from due
    group by due.deal_id, due.became, due.close_on

    union all

    select due.person_id, due.deal_id, due.became, due.close_on, sum(due.credit_usd)::decimal(18, 2) as credit_usd
    from due
    group by due.person_id, due.deal_id, due.became, due.close_on
),

counted as (
    select
        each_deal.person_id,
        was_due_deals(each_deal.became) as was_due_deals,
        was_due_usd(each_deal.became, each_deal.credit_usd) as was_due_usd,
        slipped_deals(each_deal.became) as slipped_deals,
        slipped_usd(each_deal.became, each_deal.credit_usd) as slipped_usd,
        count(*) filter (where each_deal.became = 'slipped' and each_deal.close_on is null) as undated_deals,
        count(*) filter (where each_deal.became = 'due again') as back_deals,
        won_deals(each_deal.became) as won_deals,
        lost_deals(each_deal.became) as lost_deals,
        count(*) filter (where each_deal.became = 'removed') as removed_deals,
        count(*) filter (where each_deal.became in ('still due', 'due again', 'earlier')) as still_due_deals,
        coalesce(sum(pushed.pushes), 0)::bigint as pushes,
        sum(pushed.pushed_days) as pushed_days
    from each_deal
    left join slips_between($compare_on, $as_of, $from_on, $to_on) as pushed on each_deal.deal_id = pushed.deal_id
    group by each_deal.person_id
)

select
    counted.person_id, member.person_name, counted.was_due_deals, counted.was_due_usd, counted.slipped_deals, counted.slipped_usd,
    slipped_share(counted.slipped_deals, counted.was_due_deals) as slipped_share,
    wilson_low(counted.slipped_deals, counted.was_due_deals) as wilson_low,
    wilson_high(counted.slipped_deals, counted.was_due_deals) as wilson_high,
    slipped_share_by_amount(counted.slipped_usd, counted.was_due_usd) as slipped_share_by_amount,
    counted.undated_deals,
    ever_slipped_deals(counted.slipped_deals, counted.back_deals) as ever_slipped_deals,
    counted.won_deals, counted.lost_deals, counted.removed_deals, counted.still_due_deals, counted.pushes, counted.pushed_days,
    span.since_on, span.until_on as known_until_on
from counted
cross join watched($as_of) as span
left join person as member on counted.person_id = member.person_id and member.superseded_at is null
order by counted.slipped_usd desc, counted.slipped_deals desc, counted.person_id
