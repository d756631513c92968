create or replace temp table known as
select * from quota where superseded_at is null and valid_to = date '9999-12-31';

create or replace temp table moving as
with monthly as (
    select
        $person_id::varchar as person_id, unnest($months::date[]) as month_on, $product_line::varchar as product_line,
        'amount' as basis, unnest($amounts::decimal(18, 2)[]) as quota_usd
)
select
    monthly.*,
    known.valid_from as known_from,
    case
        when known.person_id is null then 'new'
        when known.quota_usd is distinct from monthly.quota_usd then 'changed'
        else 'unchanged'
    end as kind
from monthly
left join known
    on monthly.person_id = known.person_id and monthly.month_on = known.month_on
    and monthly.product_line = known.product_line and monthly.basis = known.basis
