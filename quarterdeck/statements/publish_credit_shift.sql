-- Credit becomes true from its day: what held until then ends there, what was known of later days gives way.
create or replace temp table cutting as
select credit.*
from deal_credit as credit
where credit.superseded_at is null and credit.valid_to > $from_on and credit.deal_id in (select crediting.deal_id from crediting);

update deal_credit set superseded_at = $at
where superseded_at is null
  and (deal_id, person_id, valid_from) in (select (cutting.deal_id, cutting.person_id, cutting.valid_from) from cutting);

insert into deal_credit
select deal_id, person_id, share, valid_from, $from_on, origin, batch_id, $at, null
from cutting
where valid_from < $from_on;

insert into deal_credit
select deal_id, person_id, share, valid_from, valid_to, 'command', null, $at, null
from crediting
