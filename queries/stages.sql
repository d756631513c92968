-- question: Which stages does each pipeline have, and what does standing in one mean?
-- grain: pipeline, stage_name
-- columns:
--   pipeline            text     '' for the one that files do not name
--   stage_name          text
--   position            count
--   outcome             text     open, won or lost
--   forecast_category   text?
--   probability         ratio?
--   skill               text?    the skill that reaching it shows
--   deals               count    in sight, standing in it on the as-of day

with standing as (
    select credit.pipeline, credit.stage_name, count(distinct credit.deal_id) as deals
    from credits_of(
        $viewer_id, $viewer_role, $as_of, []::varchar[], []::varchar[], 'amount', 'as_was', $as_of
    ) as credit
    group by credit.pipeline, credit.stage_name
)

select
    stage.pipeline,
    stage.stage_name,
    stage.position,
    stage.outcome,
    stage.forecast_category,
    stage.probability::double as probability,
    stage.skill,
    coalesce(standing.deals, 0) as deals
from stage
left join standing on stage.pipeline = standing.pipeline and stage.stage_name = standing.stage_name
where stage.superseded_at is null
  and $viewer_role in ('owner', 'operations', 'area_director', 'director', 'executive')
order by stage.pipeline, stage.position, stage.stage_name
