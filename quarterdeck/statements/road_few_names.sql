-- In a column of few names each of the others is folded once, not row by row.
insert into naming
with called as (
    select distinct columns([$column]) as cell from told
),

once as (
    select distinct text_of(called.cell, $is_rough, $nothings) as name from called
),

keyed as (
    select once.name, case when $field = 'product' then lettered(once.name) else folded(once.name) end as key
    from once
    where is_simple(once.name)
)

select $field, keyed.name, keyed.key, slugged(keyed.key) from keyed
