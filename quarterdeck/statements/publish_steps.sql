-- What a realignment changes on its day: each account whose holder or module would be another, with its potential.
select
    planned.account_id, planned.was_module_id, planned.module_id, planned.was_person_id, planned.person_id,
    potential.potential_usd
from planned_on($from_on, $scenario_id) as planned
inner join potentials_on($as_of) as potential on planned.account_id = potential.account_id
where planned.was_person_id <> planned.person_id or planned.was_module_id <> planned.module_id
order by planned.account_id
