-- So many people, five reports to each manager, each with a quota every month of 2026 and a deal won every month.
insert into person (person_id, person_name, kind, recorded_at)
select 't' || lpad(number::varchar, 5, '0'), 'Person ' || number, 'person', $at
from (select unnest(range($people)) as number) as numbers;

insert into reporting_line
select
    't' || lpad(number::varchar, 5, '0'), 't' || lpad(((number - 1) // 5)::varchar, 5, '0'),
    date '0001-01-01', date '9999-12-31', 'assumed', null, $at, null
from (select unnest(range(1, $people)) as number) as numbers;

insert into quota
select
    't' || lpad(number::varchar, 5, '0'), (date '2026-01-01' + month * interval 1 month)::date, '', 'amount',
    ((1000 + chance(number, 3) % 9000) * (1 + case when 5 * number + 1 < $people then 4 else 0 end))::decimal(18, 2),
    date '0001-01-01', date '9999-12-31', 'assumed', null, $at, null
from (select unnest(range($people)) as number) as numbers
cross join (select unnest(range(12)) as month) as months
where number % 7 <> 3;

insert into deal_version (
    deal_id, valid_from, valid_to, deal_name, owner_id, credited_id, stage_name, pipeline, outcome, created_on, close_on, closed_on,
    amount, currency, amount_usd, origin, recorded_at
)
select
    'd' || number || '-' || month, day_on, date '9999-12-31', 'Deal', 't' || lpad(number::varchar, 5, '0'),
    't' || lpad(number::varchar, 5, '0'), 'Closed Won', '', 'won', day_on - 60, day_on, day_on,
    amount, 'USD', amount, 'import', $at
from (
    select
        number, month,
        (date '2026-01-01' + month * interval 1 month)::date + (chance(number * 12 + month, 4) % 28)::integer as day_on,
        ((chance(number * 12 + month, 5) % 900000) * 0.01::decimal(3, 2))::decimal(18, 2) as amount
    from (select unnest(range($people)) as number) as numbers
    cross join (select unnest(range(12)) as month) as months
) as drawn
