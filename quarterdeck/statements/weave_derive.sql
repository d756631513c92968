-- The versions that follow from all that is said: a change starts on the day it proves, if that lies after the last
-- export that would have shown it and not after this one, else on the export's day.
create or replace temp table derived as
with known as (
    select folded.* exclude (deal_name, owner_id, account_id, created_on, currency, product_id, product_line, channel, partner, deal_type, lead_source),
        case when folded.is_before_exports and folded.deal_name is null and list_contains(first.tells, 'deal_name') then first.deal_name else folded.deal_name end as deal_name,
        case when folded.is_before_exports and folded.owner_id is null and list_contains(first.tells, 'owner_id') then first.owner_id else folded.owner_id end as owner_id,
        case when folded.is_before_exports and folded.account_id is null and list_contains(first.tells, 'account_id') then first.account_id else folded.account_id end as account_id,
        case when folded.is_before_exports and folded.created_on is null and list_contains(first.tells, 'created_on') then first.created_on else folded.created_on end as created_on,
        case when folded.is_before_exports and folded.currency is null and list_contains(first.tells, 'currency') then first.currency else folded.currency end as currency,
        case when folded.is_before_exports and folded.product_id is null and list_contains(first.tells, 'product_id') then first.product_id else folded.product_id end as product_id,
        case when folded.is_before_exports and folded.product_line is null and list_contains(first.tells, 'product_line') then first.product_line else folded.product_line end as product_line,
        case when folded.is_before_exports and folded.channel is null and list_contains(first.tells, 'channel') then first.channel else folded.channel end as channel,
        case when folded.is_before_exports and folded.partner is null and list_contains(first.tells, 'partner') then first.partner else folded.partner end as partner,
        case when folded.is_before_exports and folded.deal_type is null and list_contains(first.tells, 'deal_type') then first.deal_type else folded.deal_type end as deal_type,
        case when folded.is_before_exports and folded.lead_source is null and list_contains(first.tells, 'lead_source') then first.lead_source else folded.lead_source end as lead_source
    from folded
    left join (
        select telling.*
        from telling
        where telling.kind = 'said'
        qualify row_number() over (partition by telling.deal_id order by telling.day, telling.place) = 1
    ) as first
        on folded.deal_id = first.deal_id
    where folded.outcome is not null
),

-- Whoever was found to be somebody else goes by the one name.
merged as (
    select alias.alias_key as second_id, min(alias.target_id) as first_id
    from alias
    where alias.superseded_at is null and alias.entity = 'person' and alias.kind = 'merged'
    group by alias.alias_key
),

named as (
    select known.* replace (coalesce(merged.first_id, known.owner_id) as owner_id)
    from known
    left join merged on known.owner_id = merged.second_id
),

stated as (
    select
        named.*,
        row(
            named.deal_name, named.owner_id, named.account_id, named.stage_name, named.pipeline,
            named.forecast_category, named.created_on, named.stage_entered_on, named.close_on, named.closed_on,
            named.amount, named.currency, named.mrr_usd, named.nrc_usd, named.term_months, named.product_id,
            named.product_line, named.channel, named.partner, named.deal_type, named.lead_source, named.next_step,
            named.probability, named.loss_reason, named.outcome
        ) as state,
        max(named.day) over (
            partition by named.deal_id order by named.day range between unbounded preceding and interval 1 day preceding
        ) as sighted_on
    from named
),

fulls as (
    select distinct export.day from exports as export where export.extent = 'full'
),

compared as (
    select
        stated.*,
        greatest(stated.sighted_on, fulls.day, date '0001-01-01') as before_on,
        lag(stated.state) over told as was,
        lag(stated.outcome) over told as was_outcome,
        lag(stated.stage_name) over told as was_stage
    from stated
    asof left join fulls on stated.day > fulls.day
    window told as (partition by stated.deal_id order by stated.day, stated.rank, stated.place)
),

proven as (
    select
        compared.*,
        compared.was is null as is_new,
        coalesce(compared.closed_on, compared.close_on) as decided_on
    from compared
    where compared.was is null or compared.state is distinct from compared.was
),

begun as (
    select
        proven.*,
        case
            when proven.kind <> 'said' then proven.day
            when proven.outcome in ('won', 'lost')
                and proven.was_outcome is distinct from proven.outcome
                and proven.decided_on > proven.before_on and proven.decided_on <= proven.day
                then proven.decided_on
            when proven.outcome = 'open'
                and proven.was_stage is distinct from proven.stage_name
                and proven.stage_entered_on > proven.before_on and proven.stage_entered_on <= proven.day
                then proven.stage_entered_on
            when proven.is_new and proven.outcome = 'open'
                and proven.created_on > proven.before_on and proven.created_on <= proven.day
                then proven.created_on
            else proven.day
        end as proven_on,
        sum(case when proven.was_outcome is distinct from proven.outcome then 1 else 0 end) over told as standing_no
    from proven
    window told as (
        partition by proven.deal_id order by proven.day, proven.rank, proven.place
        rows between unbounded preceding and current row
    )
),

started as (
    select
        begun.*,
        max(begun.proven_on) over told as starts_on,
        -- Credit stays with the owner of the closing day when a decided deal changes hands.
        case
            when begun.outcome in ('won', 'lost')
                then first_value(begun.owner_id) over (
                    partition by begun.deal_id, begun.standing_no order by begun.day, begun.rank, begun.place
                )
            else begun.owner_id
        end as credited_id
    from begun
    window told as (
        partition by begun.deal_id order by begun.day, begun.rank, begun.place
        rows between unbounded preceding and current row
    )
),

lasting as (
    select
        started.*,
        coalesce(
            lead(started.starts_on) over (partition by started.deal_id order by started.day, started.rank, started.place),
            date '9999-12-31'
        ) as ends_on
    from started
)

select
    lasting.deal_id, lasting.starts_on as valid_from, lasting.ends_on as valid_to, lasting.deal_name, lasting.owner_id,
    lasting.credited_id, lasting.account_id, lasting.stage_name, lasting.pipeline, lasting.outcome, lasting.forecast_category,
    lasting.created_on, lasting.stage_entered_on, lasting.close_on, lasting.closed_on, lasting.amount, lasting.currency,
    case when coalesce(lasting.currency, $reporting_currency) = $reporting_currency then lasting.amount end as amount_usd,
    lasting.mrr_usd, lasting.nrc_usd, lasting.term_months, lasting.product_id, lasting.product_line, lasting.channel,
    lasting.partner, lasting.deal_type, lasting.lead_source, lasting.next_step, lasting.probability, lasting.loss_reason,
    case when lasting.kind = 'event' then 'history' else 'import' end as origin, lasting.batch_id
from lasting
where lasting.starts_on < lasting.ends_on

union all

select
    first.deal_id, first.created_on, first.starts_on, first.deal_name, first.owner_id, first.owner_id, first.account_id,
    null, first.pipeline, 'open', null, first.created_on, null, null, null, null, first.currency, null,
    null, null, null, first.product_id, first.product_line, first.channel, first.partner, first.deal_type,
    first.lead_source, null, null, null, 'reconstructed', first.batch_id
from started as first
where first.is_new and first.created_on > first.before_on and first.created_on < first.starts_on
