-- Which addresses in use have no place yet, and which places does no address in use need any more?
with used as (
    select coalesce(version.zip, '') as zip, coalesce(version.city, '') as city, coalesce(version.state, '') as state
    from account_version as version
    where version.superseded_at is null
    union
    select coalesce(person.base_zip, ''), '', ''
    from person
    where person.superseded_at is null
),

placed as (
    select place.zip, place.city, place.state
    from place
    where place.superseded_at is null
)

select
    coalesce(used.zip, placed.zip) as zip,
    coalesce(used.city, placed.city) as city,
    coalesce(used.state, placed.state) as state,
    placed.zip is null as is_missing
from used
full outer join placed on used.zip = placed.zip and used.city = placed.city and used.state = placed.state
where used.zip is null or placed.zip is null
order by zip, city, state
