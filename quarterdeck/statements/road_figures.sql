-- How many cells of each measured field are filled, and its extremes.
with figure as (
    select 'amount' as field, count(amount) as filled, min(amount)::varchar as least, max(amount)::varchar as most from written
    union all
    select 'amount_actual', count(amount_actual), min(amount_actual)::varchar, max(amount_actual)::varchar from written
    union all
    select 'mrr', count(mrr), min(mrr)::varchar, max(mrr)::varchar from written
    union all
    select 'nrc', count(nrc), min(nrc)::varchar, max(nrc)::varchar from written
    union all
    select 'term_months', count(term_months), min(term_months)::varchar, max(term_months)::varchar from written
    union all
    select 'close_on', count(close_on), min(close_on)::varchar, max(close_on)::varchar from written
    union all
    select 'closed_on', count(closed_on), min(closed_on)::varchar, max(closed_on)::varchar from written
    union all
    select 'created_on', count(created_on), min(created_on)::varchar, max(created_on)::varchar from written
    union all
    select 'stage_entered_on', count(stage_entered_on), min(stage_entered_on)::varchar, max(stage_entered_on)::varchar from written
    union all
    select 'probability', count(probability), min(probability)::varchar, max(probability)::varchar from written
)

select field, filled, least, most from figure where list_contains($measured::varchar[], field)
