-- question: What would a realignment mean for whom?
-- grain: person_id
-- columns:
--   person_id            text     '' for nobody, all for everyone
--   person_name          text
--   accounts             count    as it is
--   next_accounts        count    as it would be
--   potential_usd        usd
--   next_potential_usd   usd
--   mrr_usd              usd
--   next_mrr_usd         usd
--   open_usd             usd      open deals of the accounts held
--   next_open_usd        usd
--   credit_usd           usd      open deals credited, by the rule for open deals
--   next_credit_usd      usd
--   renewals_soon        count    within 90 days
--   next_renewals_soon   count
--   renewing_usd         usd      their MRR
--   next_renewing_usd    usd
--   travel_miles         miles
--   next_travel_miles    miles
--   relationships        count    accounts given away with whom they spoke in the last 180 days
--   activities           count    their activities there
--   new_accounts         count    accounts they would get
--   lost_accounts        count    accounts they would give away

with load as (
    select planned.*
    from planned_loads(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
),

side as (
    select
        load.was_person_id as hand_id, 1 as was, 0 as would, load.*
    from load

    union all

    select
        load.person_id as hand_id, 0 as was, 1 as would, load.*
    from load
),

credit as (
    select planned.was_person_id, planned.person_id, planned.side, planned.credit_usd, planned.planned_usd
    from planned_credits(
        $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
),

credited as (
    select hand.person_id, sum(hand.credit_usd)::decimal(18, 2) as credit_usd, sum(hand.next_credit_usd)::decimal(18, 2) as next_credit_usd
    from (
        select credit.was_person_id as person_id, credit.planned_usd as credit_usd, 0::decimal(18, 2) as next_credit_usd from credit
        union all
        select credit.person_id, 0::decimal(18, 2) as credit_usd, credit.planned_usd as next_credit_usd from credit
    ) as hand
    group by hand.person_id
),

held as (
    select
        side.hand_id as person_id,
        sum(side.was)::bigint as accounts,
        sum(side.would)::bigint as next_accounts,
        potential_usd(case when side.was = 1 then side.potential_usd end) as potential_usd,
        potential_usd(case when side.would = 1 then side.potential_usd end) as next_potential_usd,
        installed_mrr_usd(case when side.was = 1 then side.mrr_usd end) as mrr_usd,
        installed_mrr_usd(case when side.would = 1 then side.mrr_usd end) as next_mrr_usd,
        open_usd('open', case when side.was = 1 then side.open_usd end) as open_usd,
        open_usd('open', case when side.would = 1 then side.open_usd end) as next_open_usd,
        sum(side.was * side.renewals_soon)::bigint as renewals_soon,
        sum(side.would * side.renewals_soon)::bigint as next_renewals_soon,
        installed_mrr_usd(case when side.was = 1 then side.renewing_usd end) as renewing_usd,
        installed_mrr_usd(case when side.would = 1 then side.renewing_usd end) as next_renewing_usd,
        coalesce(sum(case when side.was = 1 then side.was_miles end), 0) as miles,
        coalesce(sum(case when side.would = 1 then side.miles end), 0) as next_miles,
        count(case when side.was = 1 and side.is_moved and side.relationships > 0 then 1 end) as relationships,
        sum(case when side.was = 1 and side.is_moved then side.relationships else 0 end)::bigint as activities,
        count(case when side.would = 1 and side.is_moved then 1 end) as new_accounts,
        count(case when side.was = 1 and side.is_moved then 1 end) as lost_accounts
    from side
    group by side.hand_id
),

everyone as (
    select held.person_id from held
    union
    select credited.person_id from credited
    union
    select seller.person_id
    from sellers_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $plan_on) as seller
),

row as (
    select
        everyone.person_id,
        case when everyone.person_id = '' then 'Nobody' else coalesce(known.person_name, everyone.person_id) end as person_name,
        held.accounts, held.next_accounts, held.potential_usd, held.next_potential_usd, held.mrr_usd, held.next_mrr_usd,
        held.open_usd, held.next_open_usd, credited.credit_usd, credited.next_credit_usd, held.renewals_soon,
        held.next_renewals_soon, held.renewing_usd, held.next_renewing_usd, held.miles, held.next_miles, held.relationships,
        held.activities, held.new_accounts, held.lost_accounts
    from everyone
    left join held on everyone.person_id = held.person_id
    left join credited on everyone.person_id = credited.person_id
    left join person as known on everyone.person_id = known.person_id and known.superseded_at is null
),

shown as (
    select row.* from row

    union all

    select
        'all' as person_id, 'All' as person_name,
        sum(row.accounts)::bigint, sum(row.next_accounts)::bigint, sum(row.potential_usd)::decimal(18, 2),
        sum(row.next_potential_usd)::decimal(18, 2), sum(row.mrr_usd)::decimal(18, 2), sum(row.next_mrr_usd)::decimal(18, 2),
        sum(row.open_usd)::decimal(18, 2), sum(row.next_open_usd)::decimal(18, 2), sum(row.credit_usd)::decimal(18, 2),
        sum(row.next_credit_usd)::decimal(18, 2), sum(row.renewals_soon)::bigint, sum(row.next_renewals_soon)::bigint,
        sum(row.renewing_usd)::decimal(18, 2), sum(row.next_renewing_usd)::decimal(18, 2), sum(row.miles), sum(row.next_miles),
        sum(row.relationships)::bigint, sum(row.activities)::bigint, sum(row.new_accounts)::bigint, sum(row.lost_accounts)::bigint
    from row
    having count(*) > 0
)

select
    shown.person_id,
    shown.person_name,
    coalesce(shown.accounts, 0) as accounts,
    coalesce(shown.next_accounts, 0) as next_accounts,
    coalesce(shown.potential_usd, 0)::decimal(18, 2) as potential_usd,
    coalesce(shown.next_potential_usd, 0)::decimal(18, 2) as next_potential_usd,
    coalesce(shown.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
    coalesce(shown.next_mrr_usd, 0)::decimal(18, 2) as next_mrr_usd,
    coalesce(shown.open_usd, 0)::decimal(18, 2) as open_usd,
    coalesce(shown.next_open_usd, 0)::decimal(18, 2) as next_open_usd,
    coalesce(shown.credit_usd, 0)::decimal(18, 2) as credit_usd,
    coalesce(shown.next_credit_usd, 0)::decimal(18, 2) as next_credit_usd,
    coalesce(shown.renewals_soon, 0) as renewals_soon,
    coalesce(shown.next_renewals_soon, 0) as next_renewals_soon,
    coalesce(shown.renewing_usd, 0)::decimal(18, 2) as renewing_usd,
    coalesce(shown.next_renewing_usd, 0)::decimal(18, 2) as next_renewing_usd,
    coalesce(shown.miles, 0) as travel_miles,
    coalesce(shown.next_miles, 0) as next_travel_miles,
    coalesce(shown.relationships, 0) as relationships,
    coalesce(shown.activities, 0) as activities,
    coalesce(shown.new_accounts, 0) as new_accounts,
    coalesce(shown.lost_accounts, 0) as lost_accounts
from shown
order by (shown.person_id = 'all') desc, shown.potential_usd desc, shown.person_id
