-- question: What came of twelve months of activities: meetings, deals created, deals won?
-- grain: person_id
-- columns:
--   person_id           text     'all' for everyone in sight, each deal once; '' for nobody known
--   person_name         text?
--   activities          count    in the twelve months until the as-of day
--   meetings            count
--   meeting_share       ratio?
--   meeting_low         ratio?   95 %
--   meeting_high        ratio?
--   created_deals       count    created in these months, whatever became of them but those removed
--   deals_per_meeting   ratio?   no share of anything: a deal may take many meetings, or none
--   won_deals           count    of those created, won by the as-of day
--   open_deals          count    of those created, still open
--   won_of_created      ratio?
--   wilson_low          ratio?   95 %
--   wilson_high         ratio?

with act as (
    select done.activity_id, done.person_id, is_meeting(done.kind) as is_met
    from activities_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $strategic_only, $assignments, $assigned_on
    ) as done
    where done.happened_on > ($as_of - interval 12 month)::date
),

deal as (
    select distinct credit.deal_id, credit.person_id, credit.outcome
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.created_on > ($as_of - interval 12 month)::date and credit.created_on <= $as_of and credit.outcome <> 'removed'
),

acted as (
    select each_one.person_id, activities(each_one.activity_id) as activities, meetings(each_one.is_met) as meetings
    from (
        select 'all' as person_id, act.activity_id, act.is_met from act
        union all
        select act.person_id, act.activity_id, act.is_met from act
    ) as each_one
    group by each_one.person_id
),

dealt as (
    select
        each_one.person_id,
        created_deals(each_one.outcome) as created_deals,
        won_deals(each_one.outcome) as won_deals,
        open_deals(each_one.outcome) as open_deals
    from (
        select distinct 'all' as person_id, deal.deal_id, deal.outcome from deal
        union all
        select deal.person_id, deal.deal_id, deal.outcome from deal
    ) as each_one
    group by each_one.person_id
),

who as (
    select acted.person_id from acted
    union
    select dealt.person_id from dealt
),

counted as (
    select
        who.person_id,
        coalesce(acted.activities, 0) as activities,
        coalesce(acted.meetings, 0) as meetings,
        coalesce(dealt.created_deals, 0) as created_deals,
        coalesce(dealt.won_deals, 0) as won_deals,
        coalesce(dealt.open_deals, 0) as open_deals
    from who
    left join acted on who.person_id = acted.person_id
    left join dealt on who.person_id = dealt.person_id
)

select
    counted.person_id, member.person_name, counted.activities, counted.meetings,
    meeting_share(counted.meetings, counted.activities) as meeting_share,
    wilson_low(counted.meetings, counted.activities) as meeting_low,
    wilson_high(counted.meetings, counted.activities) as meeting_high,
    counted.created_deals,
    deals_per_meeting(counted.created_deals, counted.meetings) as deals_per_meeting,
    counted.won_deals, counted.open_deals,
    won_of_created(counted.won_deals, counted.created_deals) as won_of_created,
    wilson_low(counted.won_deals, counted.created_deals) as wilson_low,
    wilson_high(counted.won_deals, counted.created_deals) as wilson_high
from counted
left join person as member on counted.person_id = member.person_id and member.superseded_at is null
order by member.person_name, counted.person_id
