select position, outcome, forecast_category, probability, skill
from stage
where superseded_at is null and pipeline = $pipeline and stage_name = $stage_name
