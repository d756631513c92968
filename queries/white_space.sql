-- question: What could each account still buy, and what would it bring?
-- grain: account_id, product_line
-- columns:
--   account_id               text
--   account_name             text
--   person_id                text    who holds it; '' for nobody
--   person_name              text?
--   product_line             text
--   state                    text    installed, open (a deal is), nothing
--   mrr_usd                  usd     installed
--   open_usd                 usd
--   open_deals               count
--   estimate_usd             usd?    in a year, whether a deal is open or not; empty where it is installed or nobody can say
--   estimate_source          text?   peers of its size, all who have it, no estimate; empty where it is installed
--   estimate_peers           count?  accounts that have it, behind the estimate
--   potential_usd            usd     of the account
--   last_on                  date?   the last activity with the account
--   account_whitespace_usd   usd     the account's estimates where there is nothing
--   accounts_in_all          count   accounts of the whole answer, whichever page is shown

with cell as (
    select space.*, holder.person_name
    from space_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as space
    left join person as holder on space.person_id = holder.person_id and holder.superseded_at is null
    where chosen(
            $narrowed_to,
            market_value($narrowed_by, space.industry, space.segment, space.city, space.county_name, space.county_state)
        )
      and (
          $search = ''
          or holds_text(space.account_name, $search) or holds_text(space.city, $search)
          or holds_text(space.county_name, $search) or holds_text(holder.person_name, $search)
          or holds_text(space.industry, $search)
      )
),

uncovered as (
    select
        cell.account_id,
        cell.potential_usd,
        whitespace_usd(case when cell.state = 'nothing' then cell.estimate_usd end) as whitespace_usd
    from cell
    group by cell.account_id, cell.potential_usd
),

-- A page is so many accounts, each with all its lines.
placed as (
    select
        uncovered.account_id, uncovered.whitespace_usd,
        row_number() over (order by uncovered.whitespace_usd desc, uncovered.potential_usd desc, uncovered.account_id) as place,
        count(*) over () as accounts_in_all
    from uncovered
)

select
    cell.account_id, cell.account_name, cell.person_id, cell.person_name, cell.product_line, cell.state,
    cell.mrr_usd, cell.open_usd, cell.open_deals, cell.estimate_usd, cell.estimate_source, cell.estimate_peers,
    cell.potential_usd, cell.last_on,
    placed.whitespace_usd as account_whitespace_usd,
    placed.accounts_in_all
from cell
inner join placed on cell.account_id = placed.account_id
where placed.place > $rows_before and placed.place <= $rows_before + $rows_shown
order by placed.place, cell.account_id, cell.product_line
