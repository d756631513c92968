-- question: What of each person's open deals is due, at which stage?
-- grain: person_id, pipeline, stage
-- columns:
--   person_id      text
--   pipeline       text
--   stage          text     '' without one
--   open_deals     count    due in the period, or overdue
--   open_usd       usd
--   decided_deals  count    of the whole organisation in the year before the day, that had come to this stage; 0 where fewer than three had any
--   won_deals      count    of these, won
--   expected_usd   usd      what the open ones will bring

with found as (
    select
        credit.deal_id, credit.person_id, credit.pipeline, coalesce(credit.stage_name, '') as stage, credit.outcome,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open' and credit.close_on <= $to_on
    group by credit.deal_id, credit.person_id, credit.pipeline, credit.stage_name, credit.outcome
),

-- Of everybody, so that who looks alone and who leads them expect the same.
decided as (
    select deal.deal_id, deal.pipeline, deal.outcome, deal.credited_id
    from deals_at($as_of) as deal
    where deal.outcome in ('won', 'lost') and deal.judged_on > ($as_of - interval 365 day)::date and deal.judged_on <= $as_of
),

reached as (
    select
        decided.pipeline, place.stage_name as stage,
        count(*) as decided_deals,
        count(case when decided.outcome = 'won' then 1 end) as won_deals
    from decided
    inner join furthest_at($as_of) as past on decided.deal_id = past.deal_id and decided.pipeline = past.pipeline
    inner join stages_known() as place
        on decided.pipeline = place.pipeline and place.outcome = 'open' and place.position <= past.furthest
    group by decided.pipeline, place.stage_name
    having count(distinct decided.credited_id) >= 3
),

everyone as (
    select
        count(*) as decided_deals, count(case when decided.outcome = 'won' then 1 end) as won_deals,
        count(distinct decided.credited_id) as people
    from decided
),

-- Where fewer than three have decided any, what is in sight says how many are won.
in_sight as (
    select
        count(distinct credit.deal_id) as decided_deals,
        count(distinct case when credit.outcome = 'won' then credit.deal_id end) as won_deals
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome in ('won', 'lost') and credit.judged_on > ($as_of - interval 365 day)::date and credit.judged_on <= $as_of
),

usual as (
    select
        case
            when everyone.people >= 3 then everyone.won_deals * 1000 // nullif(everyone.decided_deals, 0)
            else in_sight.won_deals * 1000 // nullif(in_sight.decided_deals, 0)
        end as won_of_thousand
    from everyone
    cross join in_sight
),

opened as (
    select
        found.person_id, found.pipeline, found.stage,
        count(distinct found.deal_id) as open_deals,
        open_usd(found.outcome, found.credit_usd) as open_usd
    from found
    semi join coached_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member on found.person_id = member.person_id
    group by found.person_id, found.pipeline, found.stage
)

select
    opened.person_id, opened.pipeline, opened.stage, opened.open_deals, opened.open_usd,
    coalesce(reached.decided_deals, 0) as decided_deals,
    coalesce(reached.won_deals, 0) as won_deals,
    expected_usd(
        opened.open_usd, coalesce(reached.won_deals, 0), coalesce(reached.decided_deals, 0), usual.won_of_thousand
    ) as expected_usd
from opened
cross join usual
left join reached on opened.pipeline = reached.pipeline and opened.stage = reached.stage
order by opened.person_id, opened.pipeline, opened.stage
