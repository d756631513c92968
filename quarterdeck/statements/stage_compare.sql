-- What a list of stages would do. Temporary tables only.

create or replace temp table known as
select * from stage where superseded_at is null;

create or replace temp table moving as
with becoming as (
    select
        coalesce(row.pipeline, '') as pipeline,
        row.stage as stage_name,
        coalesce(row.position, known.position, row.line)::integer as position,
        coalesce(lower(row.outcome), known.outcome, 'open') as outcome,
        case when list_contains($carried, 'forecast_category') then row.forecast_category else known.forecast_category end as forecast_category,
        case when list_contains($carried, 'probability') then row.probability else known.probability end as probability
    from read_parquet($path) as row
    left join known on coalesce(row.pipeline, '') = known.pipeline and row.stage = known.stage_name
    where row.stage is not null
    qualify row_number() over (partition by coalesce(row.pipeline, ''), row.stage order by row.line desc) = 1
)

select
    becoming.*,
    case
        when known.stage_name is null then 'new'
        when (becoming.position, becoming.outcome, becoming.forecast_category, becoming.probability)
            is distinct from (known.position, known.outcome, known.forecast_category, known.probability) then 'changed'
        else 'unchanged'
    end as kind
from becoming
left join known on becoming.pipeline = known.pipeline and becoming.stage_name = known.stage_name
