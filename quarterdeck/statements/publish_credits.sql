-- Who is to be credited with the open deals of accounts that change hands, from the day on: only the part of the old holder
-- goes over, by each deal's own rule, else by the realignment's. publish_credit_shift follows.
create or replace temp table crediting as
with deal as (
    select open_deal.deal_id, open_deal.credited_id, planned.was_person_id, planned.person_id, coalesce(own.credit_rule, $rule) as credit_rule
    from deals_at($as_of) as open_deal
    inner join planned_on($from_on, $scenario_id) as planned on open_deal.account_id = planned.account_id
    left join scenario_deal as own
        on open_deal.deal_id = own.deal_id and own.superseded_at is null and own.scenario_id = $scenario_id
    where open_deal.outcome = 'open' and planned.was_person_id <> planned.person_id and planned.person_id <> ''
),

split as (
    select credit.deal_id, credit.person_id, credit.share
    from deal_credit as credit
    where credit.superseded_at is null and holds_on(credit.valid_from, credit.valid_to, $from_on)
),

part as (
    select deal.*, coalesce(split.person_id, deal.credited_id) as held_by, coalesce(split.share, 1)::decimal(9, 6) as share
    from deal
    left join split on deal.deal_id = split.deal_id
),

touched as (
    select part.deal_id
    from part
    where part.held_by = part.was_person_id and part.held_by <> ''
    group by part.deal_id
),

step as (
    select part.*, turn.side, turn.is_shared
    from part
    semi join touched on part.deal_id = touched.deal_id
    inner join (
        values ('stay', 'own', false), ('move', 'next', false), ('split', 'own', true), ('split', 'next', true)
    ) as turn (rule, side, is_shared)
        on turn.rule = case when part.held_by = part.was_person_id then part.credit_rule else 'stay' end
),

shared as (
    select
        step.deal_id,
        case when step.side = 'next' then step.person_id else step.held_by end as person_id,
        case
            when not step.is_shared then step.share
            when step.side = 'own' then trunc(step.share * 500000) / 1000000
            else step.share - trunc(step.share * 500000) / 1000000
        end as share,
        $from_on::date as valid_from,
        case when step.credit_rule = 'split' then $until_on::date else date '9999-12-31' end as valid_to
    from step

    union all

    select
        part.deal_id,
        case when part.held_by = part.was_person_id then part.person_id else part.held_by end as person_id,
        part.share, $until_on::date as valid_from, date '9999-12-31' as valid_to
    from part
    semi join touched on part.deal_id = touched.deal_id
    where part.credit_rule = 'split'
)

select shared.deal_id, shared.person_id, sum(shared.share)::decimal(9, 6) as share, shared.valid_from, shared.valid_to
from shared
where shared.share > 0
group by shared.deal_id, shared.person_id, shared.valid_from, shared.valid_to;

select count(distinct deal_id) from crediting
