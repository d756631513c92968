update stage set superseded_at = $at
where superseded_at is null and pipeline = $pipeline and stage_name = $stage_name;

insert into stage (pipeline, stage_name, position, outcome, forecast_category, probability, skill, recorded_at)
values ($pipeline, $stage_name, $position, $outcome, $forecast_category, $probability, $skill, $at)
