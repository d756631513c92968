-- Two people are one: whatever refers to the second refers to the first. What both hold for the same days
-- (quota, manager, role, module) stays as the first has it; two parts of one deal add up.

insert into deal_version
select version.* replace (
    case when version.owner_id = $second_id then $first_id else version.owner_id end as owner_id,
    case when version.credited_id = $second_id then $first_id else version.credited_id end as credited_id,
    $at as recorded_at
)
from deal_version as version
where version.superseded_at is null and (version.owner_id = $second_id or version.credited_id = $second_id);

update deal_version set superseded_at = $at
where superseded_at is null and (owner_id = $second_id or credited_id = $second_id);

insert into account_version
select version.* replace ($first_id as owner_id, $at as recorded_at)
from account_version as version
where version.superseded_at is null and version.owner_id = $second_id;

update account_version set superseded_at = $at where superseded_at is null and owner_id = $second_id;

insert into activity
select done.* replace ($first_id as person_id, $at as recorded_at)
from activity as done
where done.superseded_at is null and done.person_id = $second_id;

update activity set superseded_at = $at where superseded_at is null and person_id = $second_id;

create or replace temp table sharing as
select
    deal_id, $first_id::varchar as person_id, sum(share)::decimal(9, 6) as share, valid_from, valid_to,
    min(origin) as origin, min(batch_id) as batch_id
from deal_credit
where superseded_at is null and person_id in ($first_id, $second_id)
  and deal_id in (select credit.deal_id from deal_credit as credit where credit.superseded_at is null and credit.person_id = $second_id)
group by deal_id, valid_from, valid_to;

update deal_credit set superseded_at = $at
where superseded_at is null and person_id in ($first_id, $second_id)
  and deal_id in (select sharing.deal_id from sharing);

insert into deal_credit
select deal_id, person_id, share, valid_from, valid_to, origin, batch_id, $at, null
from sharing;

insert into quota
select goal.* replace ($first_id as person_id, $at as recorded_at)
from quota as goal
where goal.superseded_at is null and goal.person_id = $second_id
  and not exists (
      select 1 from quota as own
      where own.superseded_at is null and own.person_id = $first_id and own.month_on = goal.month_on
        and own.product_line = goal.product_line and own.basis = goal.basis
        and own.valid_from < goal.valid_to and goal.valid_from < own.valid_to
  );

update quota set superseded_at = $at where superseded_at is null and person_id = $second_id;

insert into person_capacity
select held.* replace ($first_id as person_id, $at as recorded_at)
from person_capacity as held
where held.superseded_at is null and held.person_id = $second_id
  and not exists (
      select 1 from person_capacity as own
      where own.superseded_at is null and own.person_id = $first_id and own.kind = held.kind
        and own.valid_from < held.valid_to and held.valid_from < own.valid_to
  );

update person_capacity set superseded_at = $at where superseded_at is null and person_id = $second_id;

insert into objective
select held.* replace ($first_id as person_id, $at as recorded_at)
from objective as held
where held.superseded_at is null and held.person_id = $second_id
  and not exists (
      select 1 from objective as own
      where own.superseded_at is null and own.person_id = $first_id and own.kind = held.kind and own.every = held.every
        and own.valid_from < held.valid_to and held.valid_from < own.valid_to
  );

update objective set superseded_at = $at where superseded_at is null and person_id = $second_id;

insert into module_owner
select held.* replace ($first_id as person_id, $at as recorded_at)
from module_owner as held
where held.superseded_at is null and held.person_id = $second_id
  and not exists (
      select 1 from module_owner as own
      where own.superseded_at is null and own.person_id = $first_id and own.module_id = held.module_id
        and own.valid_from < held.valid_to and held.valid_from < own.valid_to
  );

update module_owner set superseded_at = $at where superseded_at is null and person_id = $second_id;

insert into scenario
select plan.* replace ($first_id as director_id, $at as recorded_at)
from scenario as plan
where plan.superseded_at is null and plan.director_id = $second_id;

update scenario set superseded_at = $at where superseded_at is null and director_id = $second_id;

insert into scenario_move
select move.* replace (
    case when move.kind <> 'account' and move.target_id = $second_id then $first_id else move.target_id end as target_id,
    case when move.from_id = $second_id then $first_id else move.from_id end as from_id,
    $at as recorded_at
)
from scenario_move as move
where move.superseded_at is null and ((move.kind <> 'account' and move.target_id = $second_id) or move.from_id = $second_id);

update scenario_move set superseded_at = $at
where superseded_at is null and recorded_at <> $at and ((kind <> 'account' and target_id = $second_id) or from_id = $second_id);

insert into scenario_rule
select rule.* replace ($first_id as person_id, $at as recorded_at)
from scenario_rule as rule
where rule.superseded_at is null and rule.person_id = $second_id;

update scenario_rule set superseded_at = $at where superseded_at is null and person_id = $second_id;

insert into identity
select held.* replace ($first_id as person_id, $at as recorded_at)
from identity as held
where held.superseded_at is null and held.person_id = $second_id
  and not exists (select 1 from identity as own where own.superseded_at is null and own.person_id = $first_id);

update identity set superseded_at = $at where superseded_at is null and person_id = $second_id;

-- Of two views that open first the first's does; of two with one name the second's says so.
insert into saved_view
select kept.* replace (
    case
        when lower(kept.view_name) in (
            select lower(own.view_name) from saved_view as own where own.superseded_at is null and own.owner_id = $first_id
        ) then substr(kept.view_name, 1, 56) || ' (2)'
        else kept.view_name
    end as view_name,
    $first_id as owner_id,
    kept.is_default and kept.page not in (
        select own.page from saved_view as own where own.superseded_at is null and own.owner_id = $first_id and own.is_default
    ) as is_default,
    $at as recorded_at
)
from saved_view as kept
where kept.superseded_at is null and kept.owner_id = $second_id;

update saved_view set superseded_at = $at where superseded_at is null and owner_id = $second_id;

-- What is coached goes along; of two who are willing to be asked the first's word counts.
insert into action_item
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    case when said.owner_id = $second_id then $first_id else said.owner_id end as owner_id,
    $at as recorded_at
)
from action_item as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id or said.owner_id = $second_id);

update action_item set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id or owner_id = $second_id);

insert into coaching_plan
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    $at as recorded_at
)
from coaching_plan as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id);

update coaching_plan set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id);

insert into coaching_session
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    $at as recorded_at
)
from coaching_session as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id);

update coaching_session set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id);

insert into private_note
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    $at as recorded_at
)
from private_note as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id);

update private_note set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id);

insert into skill_score
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    $at as recorded_at
)
from skill_score as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id);

update skill_score set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id);

insert into coaching_answer
select said.* replace ($first_id as person_id, $at as recorded_at)
from coaching_answer as said
where said.superseded_at is null and said.person_id = $second_id;

update coaching_answer set superseded_at = $at
where superseded_at is null and recorded_at <> $at and person_id = $second_id;

insert into learning_item
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    case when said.mentor_id = $second_id then $first_id else said.mentor_id end as mentor_id,
    $at as recorded_at
)
from learning_item as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id or said.mentor_id = $second_id);

update learning_item set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id or mentor_id = $second_id);

insert into win_story
select said.* replace (
    case when said.person_id = $second_id then $first_id else said.person_id end as person_id,
    case when said.author_id = $second_id then $first_id else said.author_id end as author_id,
    $at as recorded_at
)
from win_story as said
where said.superseded_at is null and (said.person_id = $second_id or said.author_id = $second_id);

update win_story set superseded_at = $at
where superseded_at is null and recorded_at <> $at and (person_id = $second_id or author_id = $second_id);

update mentor set superseded_at = $at where superseded_at is null and person_id = $second_id;

-- Whoever was kept out under either name stays out.
insert into person_access
select $first_id, bool_and(held.is_open), max(held.second_role), $at, null::timestamp
from person_access as held
where held.superseded_at is null and held.person_id in ($first_id, $second_id)
having count(*) > 0;

update person_access set superseded_at = $at
where superseded_at is null and recorded_at <> $at and person_id in ($first_id, $second_id);

insert into reporting_line
select line.* replace ($first_id as manager_id, $at as recorded_at)
from reporting_line as line
where line.superseded_at is null and line.manager_id = $second_id;

insert into reporting_line
select line.* replace ($first_id as person_id, $at as recorded_at)
from reporting_line as line
where line.superseded_at is null and line.person_id = $second_id
  and not exists (
      select 1 from reporting_line as own
      where own.superseded_at is null and own.person_id = $first_id
        and own.valid_from < line.valid_to and line.valid_from < own.valid_to
  );

update reporting_line set superseded_at = $at
where superseded_at is null and (manager_id = $second_id or person_id = $second_id);

-- A role that somebody named goes before one that was only assumed.
update person_role set superseded_at = $at
where superseded_at is null and person_id = $first_id and origin = 'assumed'
  and exists (
      select 1 from person_role as named
      where named.superseded_at is null and named.person_id = $second_id and named.origin <> 'assumed'
  );

insert into person_role
select role.* replace ($first_id as person_id, $at as recorded_at)
from person_role as role
where role.superseded_at is null and role.person_id = $second_id and role.origin <> 'assumed'
  and not exists (select 1 from person_role as own where own.superseded_at is null and own.person_id = $first_id);

update person_role set superseded_at = $at where superseded_at is null and person_id = $second_id;

-- Another word for the first may be known to mean the second: then it is enough to end that.
insert into alias
select word.* replace ($first_id as target_id, $at as recorded_at)
from alias as word
where word.superseded_at is null and word.entity = 'person' and word.target_id = $second_id
  and not exists (
      select 1 from alias as own
      where own.superseded_at is null and own.entity = 'person' and own.target_id = $first_id
        and own.kind = word.kind and own.alias_key = word.alias_key
  );

update alias set superseded_at = $at
where superseded_at is null and entity = 'person' and target_id = $second_id;

insert into alias (entity, kind, alias_key, target_id, recorded_at)
values ('person', 'merged', $second_id, $first_id, $at);

insert into person
select one.* replace (
    coalesce(one.email, other.email) as email, coalesce(one.region, other.region) as region,
    coalesce(one.hired_on, other.hired_on) as hired_on, coalesce(one.left_on, other.left_on) as left_on,
    coalesce(one.base_zip, other.base_zip) as base_zip, $at as recorded_at
)
from person as one
inner join person as other on other.superseded_at is null and other.person_id = $second_id
where one.superseded_at is null and one.person_id = $first_id;

update person set superseded_at = $at
where superseded_at is null and recorded_at <> $at and person_id in ($first_id, $second_id)
