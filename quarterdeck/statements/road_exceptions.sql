-- The cells whose meaning SQL cannot tell, row by row: '' where they mean nothing.
create table exceptional as
with odd as (
    select deals.place, 'amount' as field, coalesce(meaning.means, '') as means
    from deals inner join meaning on meaning.field = 'amount' and meaning.cell = deals.amount
    union all
    select deals.place, 'amount_actual' as field, coalesce(meaning.means, '') as means
    from deals inner join meaning on meaning.field = 'amount_actual' and meaning.cell = deals.amount_actual
    union all
    select deals.place, 'mrr' as field, coalesce(meaning.means, '') as means
    from deals inner join meaning on meaning.field = 'mrr' and meaning.cell = deals.mrr
    union all
    select deals.place, 'nrc' as field, coalesce(meaning.means, '') as means
    from deals inner join meaning on meaning.field = 'nrc' and meaning.cell = deals.nrc
    union all
    select deals.place, 'term_months' as field, coalesce(meaning.means, '') as means
    from deals inner join meaning on meaning.field = 'term_months' and meaning.cell = deals.term_months
    union all
    select deals.place, 'currency' as field, coalesce(meaning.means, '') as means
    from deals inner join meaning on meaning.field = 'currency' and meaning.cell = deals.currency
)

select
    odd.place,
    max(odd.means) filter (where odd.field = 'amount') as amount,
    max(odd.means) filter (where odd.field = 'amount_actual') as amount_actual,
    max(odd.means) filter (where odd.field = 'mrr') as mrr,
    max(odd.means) filter (where odd.field = 'nrc') as nrc,
    max(odd.means) filter (where odd.field = 'term_months') as term_months,
    max(odd.means) filter (where odd.field = 'currency') as currency
from odd
group by odd.place
