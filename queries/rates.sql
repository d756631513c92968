-- question: What is one of each currency worth, and from when until when?
-- grain: currency, valid_from_on
-- columns:
--   currency        text
--   valid_from_on   date     1 January of year 1: always
--   valid_to_on     date     the day from which it holds no more
--   rate            ratio    so many of the reporting currency for one

select
    rate.currency,
    rate.valid_from as valid_from_on,
    rate.valid_to as valid_to_on,
    rate.rate::double as rate
from exchange_rate as rate
where rate.superseded_at is null
  and $viewer_role in ('owner', 'operations', 'area_director', 'director', 'executive')
order by rate.currency, valid_from_on
