-- What each row of a file of modules brings; a change counts on the first row that tells it. Runs after link_compare.

create or replace temp table moving as
with last_name as (
    select module_ref, arg_max(module, line) as module_name, min(line) as first_line
    from arriving
    group by module_ref
),

told as (
    select spell.line, max(case when linking.kind = 'new' then 2 when spell.is_same then 0 else 1 end) as weight
    from spell
    inner join linking on spell.link = linking.link and spell.subject_id = linking.subject_id
    where linking.kind <> 'unchanged'
    group by spell.line
),

weighed as (
    select
        arriving.line, arriving.module_ref as module_id, last_name.module_name,
        arriving.account, arriving.owner, arriving.customer_id, arriving.person_id,
        greatest(
            coalesce(told.weight, 0),
            case
                when arriving.line > last_name.first_line then 0
                when known.module_id is null then 2
                when known.module_name <> last_name.module_name then 1
                else 0
            end
        ) as weight
    from arriving
    inner join last_name on arriving.module_ref = last_name.module_ref
    left join known on arriving.module_ref = known.module_id
    left join told on arriving.line = told.line
)

select weighed.*, case weight when 2 then 'new' when 1 then 'changed' else 'unchanged' end as kind
from weighed
