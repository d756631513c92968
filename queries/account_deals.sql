-- question: Which open deals do some accounts have, and who is credited with each?
-- grain: deal_id
-- columns:
--   deal_id        text
--   account_id     text
--   account_name   text
--   deal_name      text?
--   stage          text     '' without one
--   amount_usd     usd?     credited in sight, empty where the deal has none
--   close_on       date?    expected
--   next_step      text?
--   credited       text     everyone credited in sight, with the share of whom it is not all; as a realignment would have it

with held as (
    select holding.account_id, account.account_name
    from holdings_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $strategic_only) as holding
    inner join accounts_at($as_of) as account on holding.account_id = account.account_id
    where list_contains($narrowed_to::varchar[], holding.account_id)
),

dealt as (
    select
        credit.deal_id, held.account_id, held.account_name, credit.deal_name, credit.stage_name, credit.close_on,
        credit.next_step, credit.person_id, credit.share, credit.credit_usd
    from credits_in_sight(
        $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
    inner join held on credit.account_id = held.account_id
    where credit.outcome = 'open'
),

-- How much of each one's part goes to whom: all of it to themselves, unless a realignment that they may see says otherwise.
turn as (
    select distinct
        planned.deal_id, planned.was_person_id, planned.person_id,
        case when planned.is_at_stake and planned.credit_rule = 'split' then 0.5::double else 1::double end as part
    from planned_credits(
        $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on, $scenario_id
    ) as planned
    semi join held on planned.account_id = held.account_id
),

part as (
    select hand.deal_id, turn.person_id, sum(hand.share * turn.part) as share
    from (select distinct dealt.deal_id, dealt.person_id, dealt.share from dealt) as hand
    inner join turn on hand.deal_id = turn.deal_id and hand.person_id = turn.was_person_id
    group by hand.deal_id, turn.person_id
),

cut as (
    select part.deal_id, part.person_id, floor(part.share * 10000 + 0.5)::bigint as hundredths
    from part
),

named as (
    select
        cut.deal_id,
        concat(
            case when cut.person_id = '' then 'nobody' else coalesce(member.person_name, cut.person_id) end,
            case when cut.hundredths < 10000 then concat(' ', (cut.hundredths // 100)::varchar) else '' end,
            case
                when cut.hundredths = 10000 or cut.hundredths % 100 = 0 then ''
                when cut.hundredths % 10 = 0 then concat('.', ((cut.hundredths % 100) // 10)::varchar)
                when cut.hundredths % 100 < 10 then concat('.0', (cut.hundredths % 100)::varchar)
                else concat('.', (cut.hundredths % 100)::varchar)
            end,
            case when cut.hundredths < 10000 then ' %' else '' end
        ) as words
    from cut
    left join person as member on cut.person_id = member.person_id and member.superseded_at is null
),

credited as (
    select named.deal_id, string_agg(named.words, ', ' order by named.words) as words
    from named
    group by named.deal_id
),

told as (
    select
        dealt.deal_id, dealt.account_id, dealt.account_name,
        min(dealt.deal_name) as deal_name,
        min(coalesce(dealt.stage_name, '')) as stage,
        sum(dealt.credit_usd)::decimal(18, 2) as amount_usd,
        min(dealt.close_on) as close_on,
        min(dealt.next_step) as next_step
    from dealt
    group by dealt.deal_id, dealt.account_id, dealt.account_name
)

select
    told.deal_id, told.account_id, told.account_name, told.deal_name, told.stage, told.amount_usd, told.close_on, told.next_step,
    credited.words as credited
from told
inner join credited on told.deal_id = credited.deal_id
order by told.account_name, told.amount_usd desc, told.deal_id
