-- A rate holds from its day until the day of the next one; what it takes over is written again with its end.

create or replace temp table pricing as
select * from exchange_rate
where superseded_at is null and currency = $currency and valid_from <= $from_on and $from_on < valid_to;

create or replace temp table pricing_next as
select min(rate.valid_from) as next_on
from exchange_rate as rate
where rate.superseded_at is null and rate.currency = $currency and rate.valid_from > $from_on;

update exchange_rate set superseded_at = $at
where superseded_at is null and currency = $currency and valid_from <= $from_on and $from_on < valid_to;

insert into exchange_rate
select pricing.* replace ($from_on as valid_to, $at as recorded_at, null as superseded_at)
from pricing
where pricing.valid_from < $from_on;

insert into exchange_rate
select $currency, $rate, $from_on, coalesce(pricing_next.next_on, date '9999-12-31'), $origin, null, $at, null
from pricing_next
