-- Who would report to themselves, round a circle, on the day of the export: `moving` is what a file of people says.
with recursive line as (
    select
        person.person_id,
        case when list_contains($carried, 'manager') and moving.person_id is not null then moving.manager_id else held.manager_id end
            as manager_id
    from (select person_id from moving union select person_id from person where superseded_at is null) as person
    left join moving on person.person_id = moving.person_id
    left join reporting_line as held
        on person.person_id = held.person_id and held.superseded_at is null
        and held.valid_from <= $exported_on and $exported_on < held.valid_to
),

up (start_id, person_id, depth) as (
    select line.person_id, line.manager_id, 1
    from line
    where line.manager_id is not null and line.manager_id <> line.person_id

    union all

    select up.start_id, line.manager_id, up.depth + 1
    from up
    inner join line on up.person_id = line.person_id
    where line.manager_id is not null and line.manager_id <> line.person_id and up.person_id <> up.start_id and up.depth < 20
)

select
    string_agg(distinct coalesce(moving.person_name, person.person_name), ', ' order by coalesce(moving.person_name, person.person_name)),
    string_agg(distinct arriving.line::varchar, ', ')
from up
left join moving on up.start_id = moving.person_id
left join person on up.start_id = person.person_id and person.superseded_at is null
left join arriving on up.start_id = arriving.member_id
where up.person_id = up.start_id
having count(*) > 0
