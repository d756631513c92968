update scenario_deal set superseded_at = $at
where superseded_at is null and scenario_id = $scenario_id and deal_id in (select unnest($deal_ids::varchar[]));

insert into scenario_deal
select $scenario_id, deal.deal_id, $credit_rule, $at, null::timestamp
from (select distinct unnest($deal_ids::varchar[]) as deal_id) as deal
where $credit_rule <> ''
