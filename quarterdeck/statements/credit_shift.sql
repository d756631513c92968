-- Splits become true. Runs after credit_even, in the same transaction.
-- A first known split has always been so; a later one is so from its day, and what was so until then ends there.

create or replace temp table changing as
select deal_id, min(from_on) as first_on
from dividing_spell
where not is_same
group by deal_id;

create or replace temp table cutting as
select credit.*, changing.first_on
from deal_credit as credit
inner join changing on credit.deal_id = changing.deal_id
where credit.superseded_at is null and credit.valid_to > changing.first_on;

update deal_credit set superseded_at = $at
where superseded_at is null
  and (deal_id, person_id, valid_from) in (select (cutting.deal_id, cutting.person_id, cutting.valid_from) from cutting);

insert into deal_credit
select deal_id, person_id, share, valid_from, first_on, origin, $batch_id, $at, null
from cutting
where valid_from < first_on;

insert into deal_credit
select
    divided.deal_id, divided.person_id, divided.share,
    case when spell.is_known or spell.from_on > changing.first_on then spell.from_on else date '0001-01-01' end,
    spell.to_on,
    case when spell.is_known or spell.from_on > changing.first_on then $origin else 'assumed' end,
    $batch_id, $at, null
from divided
inner join dividing_spell as spell on divided.deal_id = spell.deal_id and divided.from_on = spell.from_on
inner join changing on divided.deal_id = changing.deal_id
where spell.from_on >= changing.first_on
