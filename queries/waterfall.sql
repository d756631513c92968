-- question: What moved in the open pipeline between two days?
-- grain: movement, reason
-- columns:
--   movement        text     opening, then what came, changed and left, in the order in which it is printed, closing;
--                            then the residual, and for the record what was created and won in between
--   reason          text     owner or other of a transfer; later, undated or earlier of what was pushed out; else ''
--   position        count    place in the printed order
--   deals           count    by how many the pipeline grows or, below zero, shrinks; a changed amount moves no deal
--   deals_behind    count    deals that the row holds
--   amount_usd      usd      exits are negative
--   unknown_deals   count    of the deals behind, those without an amount; of an increase or decrease, without one on the first day
--   pipeline_mode   text     due in the period, or the whole pipeline

with bar as (
    select *
    from (
        values
        ('opening', '', 1, 1), ('new', '', 2, 1), ('reopened', '', 3, 1), ('transfer_in', 'owner', 4, 1),
        ('transfer_in', 'other', 5, 1), ('pulled_in', '', 6, 1), ('increase', '', 7, 0), ('decrease', '', 8, 0),
        ('removed', '', 9, -1), ('transfer_out', 'owner', 10, -1), ('transfer_out', 'other', 11, -1), ('won', '', 12, -1),
        ('lost', '', 13, -1), ('pushed_out', 'later', 14, -1), ('pushed_out', 'undated', 15, -1),
        ('pushed_out', 'earlier', 16, -1), ('closing', '', 17, 1), ('residual', '', 18, 0), ('created_and_won', '', 19, 1)
    ) as printed (movement, reason, position, sign)
),

summed as (
    select
        booked.movement,
        booked.reason,
        count(*) as deals,
        moved_usd(booked.bar_usd) as amount_usd,
        count(case when booked.movement in ('increase', 'decrease') then booked.opened_usd else booked.bar_usd end) as known_deals,
        bool_or(booked.is_whole) as is_whole
    from pipeline_bars(
        $viewer_id, $viewer_role, $compare_on, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on, $pipeline_mode
    ) as booked
    group by booked.movement, booked.reason
),

listed as (
    select
        bar.movement, bar.reason, bar.position, bar.sign,
        coalesce(summed.deals, 0) as deals,
        coalesce(summed.amount_usd, 0)::decimal(18, 2) as amount_usd,
        coalesce(summed.deals - summed.known_deals, 0) as unknown_deals,
        bool_or(summed.is_whole) over () as is_whole,
        residual_usd(
            (sum(case when bar.position = 1 then coalesce(summed.amount_usd, 0) end) over ())::decimal(18, 2),
            (sum(case when bar.position between 2 and 16 then coalesce(summed.amount_usd, 0) end) over ())::decimal(18, 2),
            (sum(case when bar.position = 17 then coalesce(summed.amount_usd, 0) end) over ())::decimal(18, 2)
        ) as left_usd,
        sum(
            case
                when bar.position < 17 then bar.sign * coalesce(summed.deals, 0)
                when bar.position = 17 then -coalesce(summed.deals, 0)
            end
        ) over () as left_deals
    from bar
    left join summed on bar.movement = summed.movement and bar.reason = summed.reason
)

select
    listed.movement,
    listed.reason,
    listed.position,
    case when listed.movement = 'residual' then listed.left_deals else listed.sign * listed.deals end as deals,
    listed.deals as deals_behind,
    case when listed.movement = 'residual' then listed.left_usd else listed.amount_usd end as amount_usd,
    listed.unknown_deals,
    case when listed.is_whole then 'whole' else 'due' end as pipeline_mode
from listed
where listed.is_whole is not null
order by listed.position, listed.movement, listed.reason
