-- question: Why were deals lost?
-- grain: loss_reason
-- columns:
--   loss_reason    text    '' where none is given
--   lost_deals     count   closed in the period, a split deal once
--   lost_usd       usd
--   share_of_lost  ratio?  of all lost deals

with lost as (
    select
        credit.deal_id, credit.outcome,
        coalesce(credit.loss_reason, '') as loss_reason,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'lost' and credit.judged_on between $from_on and $to_on
    group by credit.deal_id, credit.outcome, coalesce(credit.loss_reason, '')
),

counted as (
    select lost.loss_reason, lost_deals(lost.outcome) as lost_deals, lost_usd(lost.outcome, lost.credit_usd) as lost_usd
    from lost
    group by lost.loss_reason
)

select
    counted.loss_reason, counted.lost_deals, counted.lost_usd,
    ratio(counted.lost_deals, sum(counted.lost_deals) over ()) as share_of_lost
from counted
order by counted.lost_deals desc, counted.lost_usd desc, counted.loss_reason
