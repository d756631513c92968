-- How many deals of somebody were created between two days, as known on a third.
select count(*)
from deals_at($as_of) as deal
where deal.credited_id = $person_id and deal.outcome <> 'removed' and deal.created_on between $from_on and $to_on
