update stage set superseded_at = $at
where superseded_at is null
  and (pipeline, stage_name) in (select (moving.pipeline, moving.stage_name) from moving where moving.kind = 'changed');

insert into stage (pipeline, stage_name, position, outcome, forecast_category, probability, batch_id, recorded_at)
select pipeline, stage_name, position, outcome, forecast_category, probability, $batch_id, $at
from moving
where kind <> 'unchanged'
