-- question: Which product lines are still to be sold, to how many accounts, and what would they bring?
-- grain: product_line
-- columns:
--   product_line       text
--   accounts           count
--   installed          count   accounts that have it
--   open               count   accounts that do not, with an open deal for it
--   nothing            count   the others
--   penetration        ratio
--   mrr_usd            usd     installed
--   open_usd           usd     open deals for it, where it is installed too
--   whitespace_usd     usd     in a year, of those with nothing
--   without_estimate   count   of those with nothing, those of whom nobody can say

with cell as (
    select space.*
    from space_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as space
    where chosen(
        $narrowed_to,
        market_value($narrowed_by, space.industry, space.segment, space.city, space.county_name, space.county_state)
    )
)

select
    cell.product_line,
    count(*) as accounts,
    count(case when cell.state = 'installed' then 1 end) as installed,
    count(case when cell.state = 'open' then 1 end) as open,
    count(case when cell.state = 'nothing' then 1 end) as nothing,
    penetration(count(case when cell.state = 'installed' then 1 end), count(*)) as penetration,
    installed_mrr_usd(cell.mrr_usd) as mrr_usd,
    open_usd('open', cell.open_usd) as open_usd,
    whitespace_usd(case when cell.state = 'nothing' then cell.estimate_usd end) as whitespace_usd,
    count(case when cell.state = 'nothing' and cell.estimate_usd is null then 1 end) as without_estimate
from cell
group by cell.product_line
order by whitespace_usd desc, cell.product_line
