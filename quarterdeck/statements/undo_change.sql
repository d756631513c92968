-- Takes one change by hand back: what it said is superseded, what it superseded is written again.
-- Roles that were only assumed, and the closure of reporting lines, follow from the rest (people_derive).

update person set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into person
select * replace ($at as recorded_at, null as superseded_at)
from person
where superseded_at = $undone_at and recorded_at <> $undone_at;

update person_role set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into person_role
select * replace ($at as recorded_at, null as superseded_at)
from person_role
where superseded_at = $undone_at and recorded_at <> $undone_at
  and (
      origin <> 'assumed'
      or person_id not in (select role.person_id from person_role as role where role.superseded_at is null)
  );

update reporting_line set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into reporting_line
select * replace ($at as recorded_at, null as superseded_at)
from reporting_line
where superseded_at = $undone_at and recorded_at <> $undone_at;

update alias set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into alias
select * replace ($at as recorded_at, null as superseded_at)
from alias
where superseded_at = $undone_at and recorded_at <> $undone_at;

update stage set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into stage
select * replace ($at as recorded_at, null as superseded_at)
from stage
where superseded_at = $undone_at and recorded_at <> $undone_at;

update account_version set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into account_version
select * replace ($at as recorded_at, null as superseded_at)
from account_version
where superseded_at = $undone_at and recorded_at <> $undone_at;

update deal_version set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into deal_version
select * replace ($at as recorded_at, null as superseded_at)
from deal_version
where superseded_at = $undone_at and recorded_at <> $undone_at;

update deal_credit set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into deal_credit
select * replace ($at as recorded_at, null as superseded_at)
from deal_credit
where superseded_at = $undone_at and recorded_at <> $undone_at;

update quota set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into quota
select * replace ($at as recorded_at, null as superseded_at)
from quota
where superseded_at = $undone_at and recorded_at <> $undone_at;

update person_capacity set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into person_capacity
select * replace ($at as recorded_at, null as superseded_at)
from person_capacity
where superseded_at = $undone_at and recorded_at <> $undone_at;

update objective set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into objective
select * replace ($at as recorded_at, null as superseded_at)
from objective
where superseded_at = $undone_at and recorded_at <> $undone_at;

-- Modules and their links go back to what stood before, though later changes of them were made and taken back since.
update module set superseded_at = $at
where superseded_at is null
  and module_id in (select was.module_id from module as was where was.recorded_at = $undone_at or was.superseded_at = $undone_at)
  and (module_id, module_name, coalesce(batch_id, '')) not in (
      select (was.module_id, was.module_name, coalesce(was.batch_id, ''))
      from module as was
      where was.recorded_at < $undone_at and (was.superseded_at is null or was.superseded_at >= $undone_at)
  );
insert into module
select back.*, $at, null
from (
    select was.* exclude (recorded_at, superseded_at)
    from module as was
    where was.recorded_at < $undone_at and (was.superseded_at is null or was.superseded_at >= $undone_at)
      and was.module_id in (
          select touched.module_id from module as touched where touched.recorded_at = $undone_at or touched.superseded_at = $undone_at
      )
    except
    select now.* exclude (recorded_at, superseded_at) from module as now where now.superseded_at is null
) as back;

update module_account set superseded_at = $at
where superseded_at is null
  and account_id in (select was.account_id from module_account as was where was.recorded_at = $undone_at or was.superseded_at = $undone_at)
  and (account_id, module_id, valid_from, valid_to, origin, coalesce(batch_id, '')) not in (
      select (was.account_id, was.module_id, was.valid_from, was.valid_to, was.origin, coalesce(was.batch_id, ''))
      from module_account as was
      where was.recorded_at < $undone_at and (was.superseded_at is null or was.superseded_at >= $undone_at)
  );
insert into module_account
select back.*, $at, null
from (
    select was.* exclude (recorded_at, superseded_at)
    from module_account as was
    where was.recorded_at < $undone_at and (was.superseded_at is null or was.superseded_at >= $undone_at)
      and was.account_id in (
          select touched.account_id from module_account as touched where touched.recorded_at = $undone_at or touched.superseded_at = $undone_at
      )
    except
    select now.* exclude (recorded_at, superseded_at) from module_account as now where now.superseded_at is null
) as back;

update module_owner set superseded_at = $at
where superseded_at is null
  and module_id in (select was.module_id from module_owner as was where was.recorded_at = $undone_at or was.superseded_at = $undone_at)
  and (module_id, person_id, valid_from, valid_to, origin, coalesce(batch_id, '')) not in (
      select (was.module_id, was.person_id, was.valid_from, was.valid_to, was.origin, coalesce(was.batch_id, ''))
      from module_owner as was
      where was.recorded_at < $undone_at and (was.superseded_at is null or was.superseded_at >= $undone_at)
  );
insert into module_owner
select back.*, $at, null
from (
    select was.* exclude (recorded_at, superseded_at)
    from module_owner as was
    where was.recorded_at < $undone_at and (was.superseded_at is null or was.superseded_at >= $undone_at)
      and was.module_id in (
          select touched.module_id from module_owner as touched where touched.recorded_at = $undone_at or touched.superseded_at = $undone_at
      )
    except
    select now.* exclude (recorded_at, superseded_at) from module_owner as now where now.superseded_at is null
) as back;

update scenario set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into scenario
select * replace ($at as recorded_at, null as superseded_at)
from scenario
where superseded_at = $undone_at and recorded_at <> $undone_at;

update scenario_move set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into scenario_move
select * replace ($at as recorded_at, null as superseded_at)
from scenario_move
where superseded_at = $undone_at and recorded_at <> $undone_at;

update scenario_rule set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into scenario_rule
select * replace ($at as recorded_at, null as superseded_at)
from scenario_rule
where superseded_at = $undone_at and recorded_at <> $undone_at;

update scenario_deal set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into scenario_deal
select * replace ($at as recorded_at, null as superseded_at)
from scenario_deal
where superseded_at = $undone_at and recorded_at <> $undone_at;

update activity set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into activity
select * replace ($at as recorded_at, null as superseded_at)
from activity
where superseded_at = $undone_at and recorded_at <> $undone_at;

update fiscal_period set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into fiscal_period
select * replace ($at as recorded_at, null as superseded_at)
from fiscal_period
where superseded_at = $undone_at and recorded_at <> $undone_at;

update calendar_day set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into calendar_day
select * replace ($at as recorded_at, null as superseded_at)
from calendar_day
where superseded_at = $undone_at and recorded_at <> $undone_at;

update setting set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into setting
select * replace ($at as recorded_at, null as superseded_at)
from setting
where superseded_at = $undone_at and recorded_at <> $undone_at;

update exchange_rate set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into exchange_rate
select * replace ($at as recorded_at, null as superseded_at)
from exchange_rate
where superseded_at = $undone_at and recorded_at <> $undone_at;

-- A view that was changed or dropped since it went along with somebody stays as that left it.
update saved_view set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into saved_view
select * replace ($at as recorded_at, null as superseded_at)
from saved_view
where superseded_at = $undone_at and recorded_at <> $undone_at
  and view_id in (
      select kept.view_id from saved_view as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at
  );

-- So with what is coached: a merge of two names alone touches it.
update action_item set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into action_item
select * replace ($at as recorded_at, null as superseded_at)
from action_item
where superseded_at = $undone_at and recorded_at <> $undone_at
  and action_id in (select kept.action_id from action_item as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update coaching_plan set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into coaching_plan
select * replace ($at as recorded_at, null as superseded_at)
from coaching_plan
where superseded_at = $undone_at and recorded_at <> $undone_at
  and plan_id in (select kept.plan_id from coaching_plan as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update coaching_session set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into coaching_session
select * replace ($at as recorded_at, null as superseded_at)
from coaching_session
where superseded_at = $undone_at and recorded_at <> $undone_at
  and session_id in (select kept.session_id from coaching_session as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update private_note set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into private_note
select * replace ($at as recorded_at, null as superseded_at)
from private_note
where superseded_at = $undone_at and recorded_at <> $undone_at
  and session_id in (select kept.session_id from private_note as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update skill_score set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into skill_score
select * replace ($at as recorded_at, null as superseded_at)
from skill_score
where superseded_at = $undone_at and recorded_at <> $undone_at
  and score_id in (select kept.score_id from skill_score as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update coaching_answer set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into coaching_answer
select * replace ($at as recorded_at, null as superseded_at)
from coaching_answer
where superseded_at = $undone_at and recorded_at <> $undone_at
  and thing_id in (select kept.thing_id from coaching_answer as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update learning_item set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into learning_item
select * replace ($at as recorded_at, null as superseded_at)
from learning_item
where superseded_at = $undone_at and recorded_at <> $undone_at
  and item_id in (select kept.item_id from learning_item as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

update win_story set superseded_at = $at where recorded_at = $undone_at and superseded_at is null;
insert into win_story
select * replace ($at as recorded_at, null as superseded_at)
from win_story
where superseded_at = $undone_at and recorded_at <> $undone_at
  and story_id in (select kept.story_id from win_story as kept where kept.recorded_at = $undone_at and kept.superseded_at = $at);

insert into mentor
select * replace ($at as recorded_at, null as superseded_at)
from mentor
where superseded_at = $undone_at and recorded_at <> $undone_at
