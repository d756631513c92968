-- Quotas change from a day: `moving` holds each month's new figure, `known` what stood.
-- A first known quota has always been it; a revision holds from its day.

insert into quota
select known.* replace ($from_on as valid_to, $batch_id as batch_id, $at as recorded_at)
from known
inner join moving
    on moving.person_id = known.person_id and moving.month_on = known.month_on
    and moving.product_line = known.product_line and moving.basis = known.basis
where moving.kind = 'changed' and known.valid_from < $from_on;

update quota set superseded_at = $at
where superseded_at is null and valid_to = date '9999-12-31'
  and (person_id, month_on, product_line, basis) in (
      select (moving.person_id, moving.month_on, moving.product_line, moving.basis) from moving where moving.kind = 'changed'
  );

insert into quota
select
    person_id, month_on, product_line, basis, quota_usd,
    case when kind = 'new' then date '0001-01-01' else greatest($from_on, known_from) end,
    date '9999-12-31',
    case when kind = 'new' then 'assumed' else $origin end,
    $batch_id, $at, null
from moving
where kind <> 'unchanged'
