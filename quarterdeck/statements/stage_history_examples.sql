with label as (
    select happening_now.*, coalesce(named.deal_name, happening_now.deal_id) as label
    from happening_now
    left join (
        select version.deal_id, min(version.deal_name) as deal_name
        from deal_version as version
        where version.superseded_at is null and version.valid_to = date '9999-12-31'
        group by version.deal_id
    ) as named on happening_now.deal_id = named.deal_id
),

told as (
    select
        label.kind, label.label, 'stage on ' || label.happened_at::date as field,
        lag(label.stage_name) over (partition by label.deal_id order by label.happened_at, label.line) as old,
        label.stage_name as new, label.happened_at, label.line
    from label
    where label.stage_name is not null
)

select told.kind, told.label, told.field, told.old, told.new
from told
where told.kind in ('new', 'changed')
qualify row_number() over (partition by told.kind order by told.happened_at desc, told.label, told.line) <= 50
order by told.kind, told.happened_at desc, told.label, told.line
