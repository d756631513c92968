-- What everyone holds on the day before anything moves: its potential, of the whole organisation.
select held.person_id, sum(potential.potential_usd)::decimal(18, 2)
from holdings_on($from_on) as held
inner join potentials_on($as_of) as potential on held.account_id = potential.account_id
where held.person_id <> ''
group by held.person_id
