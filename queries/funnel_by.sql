-- question: Whose is the open pipeline, of which product line and channel, and how much of it is won?
-- grain: part_id
-- columns:
--   part_id         text     a person, a product line or a channel, as $split_by says; '' without one
--   part_name       text?
--   deals           count    open on the as-of day; a deal shared by several counts for each
--   open_usd        usd      adds up to all that is open
--   overdue_deals   count
--   overdue_usd     usd
--   due_usd         usd      due in the period
--   won_deals       count    closed in the period
--   lost_deals      count
--   booked_usd      usd
--   lost_usd        usd
--   win_rate        ratio?
--   wilson_low      ratio?   95 %
--   wilson_high     ratio?

with shown as (
    select
        case $split_by when 'line' then coalesce(credit.product_line, '') when 'channel' then coalesce(credit.channel, '') else credit.person_id end as part_id,
        credit.deal_id,
        credit.outcome,
        due_by(credit.close_on, $as_of, $from_on, $to_on) as due,
        credit.credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open'
       or (credit.outcome in ('won', 'lost') and credit.judged_on between $from_on and $to_on)
),

deals as (
    select shown.part_id, shown.deal_id, shown.outcome, shown.due, sum(shown.credit_usd)::decimal(18, 2) as credit_usd
    from shown
    group by shown.part_id, shown.deal_id, shown.outcome, shown.due
),

parts as (
    select
        deals.part_id,
        open_deals(deals.outcome) as deals,
        open_usd(deals.outcome, deals.credit_usd) as open_usd,
        count(*) filter (where deals.outcome = 'open' and deals.due = 'overdue') as overdue_deals,
        overdue_usd(case when deals.outcome = 'open' then deals.due end, deals.credit_usd) as overdue_usd,
        due_usd(case when deals.outcome = 'open' then deals.due end, deals.credit_usd) as due_usd,
        won_deals(deals.outcome) as won_deals,
        lost_deals(deals.outcome) as lost_deals,
        booked_usd(deals.outcome, deals.credit_usd) as booked_usd,
        lost_usd(deals.outcome, deals.credit_usd) as lost_usd
    from deals
    group by deals.part_id
)

select
    parts.part_id,
    case when $split_by = 'person' then member.person_name when parts.part_id <> '' then parts.part_id end as part_name,
    parts.deals, parts.open_usd, parts.overdue_deals, parts.overdue_usd, parts.due_usd,
    parts.won_deals, parts.lost_deals, parts.booked_usd, parts.lost_usd,
    win_rate(parts.won_deals, parts.lost_deals) as win_rate,
    wilson_low(parts.won_deals, parts.won_deals + parts.lost_deals) as wilson_low,
    wilson_high(parts.won_deals, parts.won_deals + parts.lost_deals) as wilson_high
from parts
left join person as member on parts.part_id = member.person_id and member.superseded_at is null
order by parts.open_usd desc, parts.part_id
