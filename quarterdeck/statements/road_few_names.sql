-- In a column of few names each of the others is folded once, not row by row.
insert into naming
with called as (
    select distinct text_of(once.cell, $is_rough, $nothings) as name from once where once.field = $column
),

keyed as (
    select called.name, case when $field = 'product' then lettered(called.name) else folded(called.name) end as key
    from called
    where is_simple(called.name)
)

select $field, keyed.name, keyed.key, slugged(keyed.key) from keyed
