-- What each account has of each product line, what is open there, and what it could still bring. Only here.

-- What those who have a product line bring by it in a year, by their size and, as size '', all of them: their median to
-- the cent, half a cent cut. Of the whole organisation, so that everyone sees one number, and of three accounts at least,
-- so that nobody sees one account's. A service without a charge or without a line counts for none.
create or replace macro line_medians(day) as table
    with brought as (
        select
            installed.account_id, installed.product_line, account.employees is not null as is_sized,
            size_class(account.employees) as size,
            (sum(installed.mrr_usd)::decimal(18, 2) * 1200)::bigint as cents
        from installed_on(day) as installed
        inner join accounts_at(day) as account on installed.account_id = account.account_id
        where installed.mrr_usd is not null and installed.product_line is not null
        group by installed.account_id, installed.product_line, account.employees
    ),

    pooled as (
        select brought.product_line, brought.size, brought.account_id, brought.cents from brought where brought.is_sized

        union all

        select brought.product_line, '' as size, brought.account_id, brought.cents from brought
    ),

    placed as (
        select
            pooled.*,
            row_number() over (partition by pooled.product_line, pooled.size order by pooled.cents, pooled.account_id) as place,
            count(*) over (partition by pooled.product_line, pooled.size) as peers
        from pooled
    )

    select
        placed.product_line, placed.size, count(*) as peers,
        case
            when count(*) >= 3
                then ((
                    max(case when placed.place = (placed.peers + 1) // 2 then placed.cents end)
                    + max(case when placed.place = placed.peers // 2 + 1 then placed.cents end)
                ) // 2 * 0.01::decimal(3, 2))::decimal(18, 2)
        end as median_usd
    from placed
    group by placed.product_line, placed.size;

-- Each account in sight × each product line known: installed, else open where a deal is, else nothing. The estimate is the
-- median of those of its size that have the line, else of all who have it; where the line is installed there is none.
create or replace macro space_in_scope(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    with credited as (
        select credit.account_id, credit.product_line, credit.deal_id, credit.outcome, credit.credit_usd
        from credits_in_sight(
            viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as credit
        where credit.product_line is not null
    ),

    known as (
        select part.product_line
        from product as part
        where part.superseded_at is null and part.product_line is not null and chosen(lines, part.product_line)

        union

        select credited.product_line from credited
    ),

    dealt as (
        select
            credited.account_id, credited.product_line,
            open_usd(credited.outcome, credited.credit_usd) as open_usd,
            count(distinct credited.deal_id) as open_deals
        from credited
        where credited.outcome = 'open'
        group by credited.account_id, credited.product_line
    ),

    held as (
        select service.account_id, service.product_line, installed_mrr_usd(service.mrr_usd) as mrr_usd
        from installed_on(day) as service
        where service.product_line is not null
        group by service.account_id, service.product_line
    ),

    median as (
        select one.product_line, one.size, one.peers, one.median_usd
        from line_medians(day) as one
    ),

    cell as (
        select
            load.account_id, load.account_name, load.person_id, load.industry, load.segment, load.city, load.county_name,
            load.county_state, load.potential_usd, load.last_on, known.product_line,
            case when held.account_id is not null then 'installed' when dealt.account_id is not null then 'open' else 'nothing' end as state,
            coalesce(held.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
            coalesce(dealt.open_usd, 0)::decimal(18, 2) as open_usd,
            coalesce(dealt.open_deals, 0) as open_deals,
            alike.median_usd as alike_usd, alike.peers as alike_peers,
            everyone.median_usd as everyone_usd, everyone.peers as everyone_peers
        from account_loads(
            viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as load
        cross join known
        left join held on load.account_id = held.account_id and known.product_line = held.product_line
        left join dealt on load.account_id = dealt.account_id and known.product_line = dealt.product_line
        left join median as alike
            on known.product_line = alike.product_line and size_class(load.employees) = alike.size
            and load.employees is not null
        left join median as everyone on known.product_line = everyone.product_line and everyone.size = ''
    )

    select
        cell.account_id, cell.account_name, cell.person_id, cell.industry, cell.segment, cell.city, cell.county_name,
        cell.county_state, cell.potential_usd, cell.last_on, cell.product_line, cell.state, cell.mrr_usd, cell.open_usd,
        cell.open_deals,
        case when cell.state <> 'installed' then coalesce(cell.alike_usd, cell.everyone_usd) end as estimate_usd,
        case
            when cell.state = 'installed' then null
            when cell.alike_usd is not null then 'peers of its size'
            when cell.everyone_usd is not null then 'all who have it'
            else 'no estimate'
        end as estimate_source,
        case
            when cell.state = 'installed' then null
            when cell.alike_usd is not null then cell.alike_peers
            else coalesce(cell.everyone_peers, 0)
        end as estimate_peers
    from cell;

-- The part of the market that an account lies in: by its industry, segment, city or county; '' where that is not known.
create or replace macro market_value(split, trade, class, place, district, country) as
    case split
        when 'industry' then coalesce(trade, '')
        when 'segment' then coalesce(class, '')
        when 'city' then case when country is null then coalesce(place, '') else concat(place, ', ', country) end
        when 'county' then case when district is null then '' else concat(district, ', ', country) end
    end;
