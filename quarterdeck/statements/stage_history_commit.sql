-- The compared events become known, also those that an earlier file told: should that one be taken back, they stay.
-- Runs after stage_history_compare, in the same transaction; the versions of the deals at hand are derived again
-- after it.

insert into person (person_id, person_name, kind, batch_id, recorded_at)
select happening_now.person_id, min(happening_now.owner), 'person', $batch_id, $at
from happening_now
where happening_now.person_id is not null
  and happening_now.person_id not in (select person.person_id from person where person.superseded_at is null)
group by happening_now.person_id;

insert into alias (entity, kind, alias_key, target_id, batch_id, recorded_at)
select
    'person', case when happening_now.owner_key like '%_@_%' then 'email' else 'name' end,
    happening_now.owner_key, min(happening_now.person_id), $batch_id, $at
from happening_now
where happening_now.owner_key is not null
  and happening_now.person_id is not null
  and not exists (select 1 from called where called.entity = 'person' and called.alias_key = happening_now.owner_key)
  and not exists (select 1 from called where called.entity = 'person' and called.alias_key = happening_now.owner)
group by happening_now.owner_key;

insert into stage (pipeline, stage_name, position, outcome, batch_id, recorded_at)
with found as (
    select
        happening_now.stage_name, max(happening_now.outcome) as outcome,
        min(happening_now.place) as first_place
    from (
        select
            happening_now.stage_name, happening_now.outcome,
            row_number() over (partition by happening_now.deal_id order by happening_now.happened_at, happening_now.line) as place
        from happening_now
        where happening_now.stage_name is not null
    ) as happening_now
    group by happening_now.stage_name
),

missing_here as (
    select found.* from found
    where not exists (select 1 from stage where stage.superseded_at is null and stage.stage_name = found.stage_name)
)

select
    '', missing_here.stage_name,
    coalesce((select max(stage.position) from stage where stage.superseded_at is null and stage.pipeline = ''), 0)
    + row_number() over (
        order by case missing_here.outcome when 'open' then 0 when 'won' then 1 else 2 end, missing_here.first_place, missing_here.stage_name
    ),
    missing_here.outcome, $batch_id, $at
from missing_here;

insert into deal_event (deal_id, happened_at, line, stage_name, outcome, amount, close_on, owner_id, batch_id, recorded_at)
select
    happening_now.deal_id, happening_now.happened_at, happening_now.line, happening_now.stage_name, happening_now.outcome,
    happening_now.amount, happening_now.close_on, happening_now.person_id, $batch_id, $at
from happening_now;

create or replace temp table at_hand as
select distinct happening_now.deal_id
from happening_now
