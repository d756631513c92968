-- `dividing` holds the parts of each split, `redivided` the deals and the first day told of each. What lacks to the
-- whole, or is too much, is evened out: parts become whole millionths, and those left over go to the largest remainders.

create or replace temp table divided as
with weighed as (
    select
        deal_id, from_on, person_id, (share::decimal(28, 9) * 1000000000)::bigint as billionths,
        sum((share::decimal(28, 9) * 1000000000)::bigint) over (partition by deal_id, from_on) as whole
    from dividing
),

cut as (
    select
        deal_id, from_on, person_id,
        ((billionths::hugeint * 1000000) // whole)::bigint as millionths, (billionths::hugeint * 1000000) % whole as remainder
    from weighed
),

ranked as (
    select
        cut.*,
        1000000 - sum(millionths) over (partition by deal_id, from_on) as left_over,
        row_number() over (partition by deal_id, from_on order by remainder desc, person_id) as place
    from cut
)

select
    deal_id, from_on, person_id,
    ((millionths + case when place <= left_over then 1 else 0 end) * 0.000001::decimal(7, 6))::decimal(9, 6) as share
from ranked;

-- Each split, the days it is told of and whether it stands so already.
create or replace temp table dividing_spell as
with told as (
    select deal_id, from_on from redivided
    union
    select deal_id, from_on from divided
),

spell as (
    select deal_id, from_on, lead(from_on, 1, date '9999-12-31') over (partition by deal_id order by from_on) as to_on
    from told
),

part as (
    select deal_id, from_on, count(*) as parts from divided group by deal_id, from_on
),

standing as (
    select
        spell.deal_id, spell.from_on, count(*) as parts,
        count(case when divided.share = credit.share and credit.valid_from <= spell.from_on and spell.to_on <= credit.valid_to then 1 end) as parts_alike
    from spell
    inner join deal_credit as credit
        on spell.deal_id = credit.deal_id and credit.superseded_at is null
        and credit.valid_from < spell.to_on and spell.from_on < credit.valid_to
    left join divided
        on credit.deal_id = divided.deal_id and credit.person_id = divided.person_id and spell.from_on = divided.from_on
    group by spell.deal_id, spell.from_on
)

select
    spell.deal_id, spell.from_on, spell.to_on,
    spell.deal_id in (select deal_id from deal_credit where superseded_at is null) as is_known,
    coalesce(part.parts, 0) = coalesce(standing.parts, 0) and coalesce(part.parts, 0) = coalesce(standing.parts_alike, 0) as is_same
from spell
left join part on spell.deal_id = part.deal_id and spell.from_on = part.from_on
left join standing on spell.deal_id = standing.deal_id and spell.from_on = standing.from_on
