-- Quotas change from a day: `moving` holds each month's new figure, which holds until before until_on. What held on those
-- days gives way; what lies before and after stays.
-- A first known quota has always been it; a revision holds from its day.

create or replace temp table giving_way as
select held.*, moving.until_on
from quota as held
inner join moving
    on held.person_id = moving.person_id and held.month_on = moving.month_on
    and held.product_line = moving.product_line and held.basis = moving.basis
where held.superseded_at is null and moving.kind = 'changed' and held.valid_from < moving.until_on and held.valid_to > $from_on;

update quota set superseded_at = $at
where superseded_at is null
  and (person_id, month_on, product_line, basis, valid_from) in (
      select (gone.person_id, gone.month_on, gone.product_line, gone.basis, gone.valid_from) from giving_way as gone
  );

insert into quota
select person_id, month_on, product_line, basis, quota_usd, valid_from, $from_on, origin, $batch_id, $at, null
from giving_way
where valid_from < $from_on;

insert into quota
select person_id, month_on, product_line, basis, quota_usd, until_on, valid_to, origin, $batch_id, $at, null
from giving_way
where valid_to > until_on;

insert into quota
select
    person_id, month_on, product_line, basis, quota_usd,
    case when kind = 'new' then date '0001-01-01' else $from_on end,
    until_on,
    case when kind = 'new' then 'assumed' else $origin end,
    $batch_id, $at, null
from moving
where kind <> 'unchanged'
