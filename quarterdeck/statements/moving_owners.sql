-- Who owns each of these modules from a day on; '' for nobody. owners_move follows.
-- A first known owner has always been it, unless it is said of a day ahead.
create or replace temp table moving_owners as
with going as (
    select unnest($module_ids::varchar[]) as module_id, unnest($owner_ids::varchar[]) as person_id
)

select
    going.module_id, going.person_id,
    case
        when $from_on::date <= $today::date
            and going.module_id not in (select link.module_id from module_owner as link where link.superseded_at is null)
            then date '0001-01-01'
        else $from_on::date
    end as from_on
from going
