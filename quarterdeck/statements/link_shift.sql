-- Dated links become true. Runs after link_compare and the commit of the entity, in the same transaction.
-- A first known link has always been so; a later one is so from its day.

create or replace temp table cutting as
select standing.*, linking.from_on, linking.first_id
from standing
inner join linking on standing.link = linking.link and standing.subject_id = linking.subject_id
where linking.kind = 'changed' and standing.valid_to > linking.from_on;

create or replace temp table writing as
-- What was true until then is written again with its end, unless the file goes on with the same.
select link, subject_id, target_id, valid_from, from_on as valid_to, origin
from cutting
where valid_from < from_on and target_id <> first_id

union all

select
    spell.link, spell.subject_id, spell.target_id,
    case
        when linking.kind = 'new' and spell.from_on = linking.from_on then date '0001-01-01'
        else coalesce(cutting.valid_from, spell.from_on)
    end,
    spell.to_on,
    case
        when linking.kind = 'new' and spell.from_on = linking.from_on then 'assumed'
        else coalesce(cutting.origin, $origin)
    end
from spell
inner join linking on spell.link = linking.link and spell.subject_id = linking.subject_id
left join cutting
    on spell.link = cutting.link and spell.subject_id = cutting.subject_id and spell.target_id = cutting.target_id
    and spell.from_on = cutting.from_on and cutting.valid_from < cutting.from_on
where linking.kind <> 'unchanged' and spell.target_id is not null;

update module_account set superseded_at = $at
where superseded_at is null
  and (account_id, valid_from) in (
      select (cutting.subject_id, cutting.valid_from) from cutting where cutting.link = 'account'
  );

insert into module_account
select subject_id, target_id, valid_from, valid_to, origin, $batch_id, $at, null
from writing
where link = 'account';

update module_owner set superseded_at = $at
where superseded_at is null
  and (module_id, valid_from) in (
      select (cutting.subject_id, cutting.valid_from) from cutting where cutting.link = 'module'
  );

insert into module_owner
select subject_id, target_id, valid_from, valid_to, origin, $batch_id, $at, null
from writing
where link = 'module'
