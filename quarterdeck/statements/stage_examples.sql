select moving.kind, moving.stage_name as label, 'position' as field, known.position::varchar as old, moving.position::varchar as new
from moving
left join known on moving.pipeline = known.pipeline and moving.stage_name = known.stage_name
where moving.kind <> 'unchanged'
order by moving.kind, moving.position, moving.stage_name
limit 50
