-- question: How much potential would a realignment give from whom to whom?
-- grain: from_id, to_id
-- columns:
--   from_id         text    '' for accounts that nobody holds
--   from_name       text?
--   to_id           text
--   to_name         text?
--   accounts        count
--   potential_usd   usd     of those accounts
--   held_usd        usd     all potential of who gives

with made as (
    select planned.account_id, planned.was_person_id, planned.person_id, potential.potential_usd
    from planned_for($viewer_id, $viewer_role, $assigned_on, $scenario_id) as planned
    inner join potentials_on($as_of) as potential on planned.account_id = potential.account_id
),

held as (
    select made.was_person_id, potential_usd(made.potential_usd) as held_usd
    from made
    group by made.was_person_id
)

select
    made.was_person_id as from_id,
    min(giver.person_name) as from_name,
    made.person_id as to_id,
    min(taker.person_name) as to_name,
    count(*) as accounts,
    potential_usd(made.potential_usd) as potential_usd,
    min(held.held_usd)::decimal(18, 2) as held_usd
from made
inner join held on made.was_person_id = held.was_person_id
left join person as giver on made.was_person_id = giver.person_id and giver.superseded_at is null
left join person as taker on made.person_id = taker.person_id and taker.superseded_at is null
where made.was_person_id <> made.person_id
group by made.was_person_id, made.person_id
order by from_id, to_id
