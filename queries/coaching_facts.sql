-- question: What do a person's deals of a stretch of time say of how they sell?
-- grain: person_id
-- columns:
--   person_id           text     whose coaching the viewer sees
--   person_name         text
--   role                text?
--   manager_id          text?    whose team it is on the day
--   is_led              flag     the viewer leads the coaching
--   since_on            date?    from when the manager has led them, where that is known
--   hired_on            date?
--   left_on             date?
--   created_deals       count    created from the first to the last day, whatever became of them
--   created_usd         usd
--   won_deals           count    won in it, a split deal once
--   lost_deals          count    removed deals are none
--   booked_usd          usd
--   timed_deals         count    won deals whose creation and closing are known, where usual_days is
--   in_time_deals       count    of these, those won within usual_days
--   usual_days          days?    three of four deals won in the 52 weeks to the day, of the whole organisation, took no longer; of three people at least
--   due_deals           count    whose first close date lay in a quarter that ended in it
--   slipped_deals       count    of these, not decided by the end of that quarter
--   late_stage_deals    count    decided deals that had come to the closing stage
--   late_won_deals      count    of these, won
--   proposed_deals      count    decided deals that had come to the proposal stage
--   past_proposal_deals count    of these, those that came further
--   listed_deals        count    won deals with a list price on every line
--   sold_usd            usd      what those were sold for
--   list_usd            usd      what the list asked for them
--   priced_deals        count    of them, those that were sold for something
--   price_log           ratio?   mean of the natural logarithms of sold ÷ list
--   price_log_squared   ratio?
--   sold_lines          count    product lines of all won deals together
--   sized_deals         count    won deals with an amount above 0
--   size_log            ratio?   mean of the natural logarithms of their dollars
--   size_log_squared    ratio?   mean of the squares of these
--   proposal_timed_deals count   decided deals whose days at the proposal stage are known
--   proposal_log        ratio?   mean of the natural logarithms of those days and one more
--   proposal_log_squared ratio?
--   late_timed_deals    count    decided deals whose first close date is known
--   late_log            ratio?   mean of the natural logarithms of the days past it and one more
--   late_log_squared    ratio?
--   meetings            count    in it: on site, and with an executive, too
--   activities          count    in it
--   new_contacts        count    of them, those with an account that nobody had spoken to in half a year
--   potential_usd       usd      of the accounts held on the day
--   first_on            date?    the first deal or activity known

with member as (
    select seen.person_id, seen.person_name, seen.is_led
    from coached_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen
),

found as (
    select deal.*
    from coached_deals(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on, $person_ids, $modules, $product_lines, $channels, $strategic_only,
        $basis, $assignments, $assigned_on
    ) as deal
),

logged as (
    select
        found.*,
        case when found.is_created then found.outcome end as created_as,
        case when found.is_decided then found.outcome end as decided_as,
        case when found.is_decided and found.outcome = 'won' and found.credit_usd > 0 then ln(found.credit_usd::double) end as size_log,
        case
            when found.is_decided and found.outcome = 'won' and found.sold_usd > 0 then ln(found.sold_usd::double) - ln(found.list_usd::double)
        end as price_log,
        case when found.is_decided then ln((found.proposal_days + 1)::double) end as proposal_log,
        case when found.is_decided then ln((found.late_days + 1)::double) end as late_log
    from found
),

usual as (
    select
        case
            when count(distinct deal.credited_id) >= 3 then typical_days(date_diff('day', deal.created_on, deal.judged_on))
        end as usual_days
    from deals_at($as_of) as deal
    where deal.outcome = 'won' and deal.judged_on > ($as_of - interval 364 day)::date and deal.judged_on <= $as_of
      and deal.created_on <= deal.judged_on
),

counted as (
    select
        found.person_id,
        created_deals(found.created_as) as created_deals,
        created_usd(found.created_as, found.credit_usd) as created_usd,
        won_deals(found.decided_as) as won_deals,
        lost_deals(found.decided_as) as lost_deals,
        booked_usd(found.decided_as, found.credit_usd) as booked_usd,
        count(case when found.is_decided and usual.usual_days is not null then found.cycle_days end) as timed_deals,
        count(case when found.is_decided and found.cycle_days <= usual.usual_days then 1 end) as in_time_deals,
        count(case when found.is_due then 1 end) as due_deals,
        count(case when found.is_slipped then 1 end) as slipped_deals,
        count(case when found.is_decided and found.is_late_stage then 1 end) as late_stage_deals,
        won_deals(case when found.is_late_stage then found.decided_as end) as late_won_deals,
        count(case when found.is_decided and found.is_proposed then 1 end) as proposed_deals,
        count(case when found.is_decided and found.is_proposed and found.is_past_proposal then 1 end) as past_proposal_deals,
        count(case when found.decided_as = 'won' then found.list_usd end) as listed_deals,
        coalesce(sum(case when found.decided_as = 'won' and found.list_usd is not null then found.sold_usd end), 0)::decimal(18, 2) as sold_usd,
        coalesce(sum(case when found.decided_as = 'won' then found.list_usd end), 0)::decimal(18, 2) as list_usd,
        count(found.price_log) as priced_deals,
        avg(found.price_log::double) as price_log,
        avg((found.price_log * found.price_log)::double) as price_log_squared,
        coalesce(sum(case when found.decided_as = 'won' then found.product_lines end), 0)::bigint as sold_lines,
        count(found.size_log) as sized_deals,
        avg(found.size_log::double) as size_log,
        avg((found.size_log * found.size_log)::double) as size_log_squared,
        count(found.proposal_log) as proposal_timed_deals,
        avg(found.proposal_log::double) as proposal_log,
        avg((found.proposal_log * found.proposal_log)::double) as proposal_log_squared,
        count(found.late_log) as late_timed_deals,
        avg(found.late_log::double) as late_log,
        avg((found.late_log * found.late_log)::double) as late_log_squared,
        min(found.created_on) as first_on
    from logged as found
    cross join usual
    group by found.person_id
),

acted as (
    select
        act.person_id,
        activities(act.activity_id) as activities,
        meetings(is_meeting(act.kind)) as meetings,
        activities(anew.activity_id) as new_contacts,
        min(act.happened_on) as first_on
    from activities_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $strategic_only, $assignments, $assigned_on
    ) as act
    left join opened_at($as_of) as anew on act.activity_id = anew.activity_id
    where act.happened_on between $from_on and $to_on
    group by act.person_id
),

held as (
    select hold.person_id, potential_usd(worth.potential_usd) as potential_usd
    from holdings_on($assigned_on) as hold
    inner join potentials_on($as_of) as worth on hold.account_id = worth.account_id
    group by hold.person_id
)

select
    member.person_id,
    member.person_name,
    role.role,
    line.manager_id,
    member.is_led,
    case when line.valid_from > date '1900-01-01' then line.valid_from end as since_on,
    known.hired_on,
    known.left_on,
    coalesce(counted.created_deals, 0) as created_deals,
    coalesce(counted.created_usd, 0)::decimal(18, 2) as created_usd,
    coalesce(counted.won_deals, 0) as won_deals,
    coalesce(counted.lost_deals, 0) as lost_deals,
    coalesce(counted.booked_usd, 0)::decimal(18, 2) as booked_usd,
    coalesce(counted.timed_deals, 0) as timed_deals,
    coalesce(counted.in_time_deals, 0) as in_time_deals,
    usual.usual_days,
    coalesce(counted.due_deals, 0) as due_deals,
    coalesce(counted.slipped_deals, 0) as slipped_deals,
    coalesce(counted.late_stage_deals, 0) as late_stage_deals,
    coalesce(counted.late_won_deals, 0) as late_won_deals,
    coalesce(counted.proposed_deals, 0) as proposed_deals,
    coalesce(counted.past_proposal_deals, 0) as past_proposal_deals,
    coalesce(counted.listed_deals, 0) as listed_deals,
    coalesce(counted.sold_usd, 0)::decimal(18, 2) as sold_usd,
    coalesce(counted.list_usd, 0)::decimal(18, 2) as list_usd,
    coalesce(counted.priced_deals, 0) as priced_deals,
    counted.price_log,
    counted.price_log_squared,
    coalesce(counted.sold_lines, 0) as sold_lines,
    coalesce(counted.sized_deals, 0) as sized_deals,
    counted.size_log,
    counted.size_log_squared,
    coalesce(counted.proposal_timed_deals, 0) as proposal_timed_deals,
    counted.proposal_log,
    counted.proposal_log_squared,
    coalesce(counted.late_timed_deals, 0) as late_timed_deals,
    counted.late_log,
    counted.late_log_squared,
    coalesce(acted.meetings, 0) as meetings,
    coalesce(acted.activities, 0) as activities,
    coalesce(acted.new_contacts, 0) as new_contacts,
    coalesce(held.potential_usd, 0)::decimal(18, 2) as potential_usd,
    least(counted.first_on, acted.first_on) as first_on
from member
inner join person as known on member.person_id = known.person_id and known.superseded_at is null
cross join usual
left join person_role as role
    on member.person_id = role.person_id and role.superseded_at is null and holds_on(role.valid_from, role.valid_to, $assigned_on)
left join reporting_line as line
    on member.person_id = line.person_id and line.superseded_at is null and holds_on(line.valid_from, line.valid_to, $assigned_on)
left join counted on member.person_id = counted.person_id
left join acted on member.person_id = acted.person_id
left join held on member.person_id = held.person_id
order by member.person_name, member.person_id
