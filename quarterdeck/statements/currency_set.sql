-- Amounts are reported in another currency. What names no currency is in the reporting one, whichever it is;
-- what names one counts only if it is this one, until there are rates. The rates were into the old one: they end.

insert into deal_version
select version.* replace (case when version.currency = $currency then version.amount end as amount_usd, $at as recorded_at)
from deal_version as version
where version.superseded_at is null
  and version.currency is not null
  and version.amount_usd is distinct from (case when version.currency = $currency then version.amount end);

update deal_version set superseded_at = $at
where superseded_at is null
  and recorded_at <> $at
  and currency is not null
  and amount_usd is distinct from (case when currency = $currency then amount end);

update exchange_rate set superseded_at = $at where superseded_at is null
