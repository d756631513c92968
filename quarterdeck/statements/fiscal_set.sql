-- The organisation's months are written anew. A quota moves with its month: to the one that holds its middle.

create or replace temp table months_before as
select month_on, month_on + (date_diff('day', month_on, to_on) // 2)::integer as middle_on
from fiscal_period
where superseded_at is null and calendar_id = 'default';

update fiscal_period set superseded_at = $at where superseded_at is null and calendar_id = 'default';

insert into fiscal_period (calendar_id, month_on, to_on, quarter, fiscal_year, recorded_at)
select 'default', unnest($month_on::date[]), unnest($to_on::date[]), unnest($quarter::integer[]), unnest($fiscal_year::integer[]), $at;

create or replace temp table months_moved as
select months_before.month_on, month.month_on as moved_on
from months_before
inner join fiscal_period as month
    on month.superseded_at is null and month.calendar_id = 'default'
    and months_before.middle_on between month.month_on and month.to_on
where months_before.month_on <> month.month_on;

create or replace temp table quotas_before as
select * from quota where superseded_at is null and month_on in (select months_moved.month_on from months_moved);

update quota set superseded_at = $at
where superseded_at is null and month_on in (select months_moved.month_on from months_moved);

insert into quota
select was.* replace (months_moved.moved_on as month_on, $at as recorded_at, null as superseded_at)
from quotas_before as was
inner join months_moved on was.month_on = months_moved.month_on
