-- question: How steadily is contact kept with customers and strategic accounts, and with their executives?
-- grain: part_id
-- columns:
--   part_id              text     customers, which have something installed, or strategic
--   accounts             count
--   covered              count    with an executive contact in 180 days
--   executive_coverage   ratio?
--   wilson_low           ratio?   95 %
--   wilson_high          ratio?
--   strangers            count    accounts where no executive is known
--   unspoken             count    accounts without any activity in 180 days
--   cadence_days         days?    from contact to contact, the median account

with kept as (
    select held.*
    from kept_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $strategic_only, $assigned_on
    ) as held
),

parted as (
    select 'customers' as part_id, kept.executive_on, kept.executives, kept.contact_days from kept where kept.is_customer
    union all
    select 'strategic' as part_id, kept.executive_on, kept.executives, kept.contact_days from kept where kept.is_strategic
),

counted as (
    select
        parted.part_id, count(*) as accounts, count(parted.executive_on) as covered,
        count(case when parted.executives = 0 then 1 end) as strangers,
        count(case when parted.contact_days = 0 then 1 end) as unspoken,
        cadence_days(ratio(180, greatest(parted.contact_days, 1))) as cadence_days
    from parted
    group by parted.part_id
)

select
    counted.part_id, counted.accounts, counted.covered,
    executive_coverage(counted.covered, counted.accounts) as executive_coverage,
    wilson_low(counted.covered, counted.accounts) as wilson_low,
    wilson_high(counted.covered, counted.accounts) as wilson_high,
    counted.strangers, counted.unspoken, counted.cadence_days
from counted
order by counted.part_id
