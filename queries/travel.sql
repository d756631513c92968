-- question: How far is each account from each executive's base?
-- grain: account_id, person_id
-- columns:
--   account_id     text
--   person_id      text
--   travel_miles   miles   one way, along the surface of a sphere

select
    held.account_id,
    base.person_id,
    miles_between(base.latitude, base.longitude, spot.latitude, spot.longitude) as travel_miles
from holdings_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $strategic_only) as held
inner join account_places($as_of) as spot on held.account_id = spot.account_id
cross join bases() as base
semi join sellers_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $plan_on) as seller
    on base.person_id = seller.person_id
where spot.latitude is not null
order by held.account_id, base.person_id
