-- Who gets whole modules by a realignment, whatever lies in them.
select distinct target_id
from scenario_move
where superseded_at is null and kind = 'module' and scenario_id = $scenario_id
order by target_id
