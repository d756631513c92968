-- Six teams of ten: the first of each ten leads the others.
insert into person (person_id, person_name, kind, email, recorded_at)
select 'p' || lpad(number::varchar, 2, '0'), names[number + 1], 'person', replace(lower(names[number + 1]), ' ', '.') || '@deck.example', $at
from (select $names::varchar[] as names) as known, (select unnest(range(60)) as number) as numbers;

insert into person_role
select person_id, case when right(person_id, 1) = '0' then 'director' else 'executive' end, date '0001-01-01', date '9999-12-31', 'assumed', null, $at, null
from person;

insert into reporting_line
select person_id, left(person_id, 2) || '0', date '0001-01-01', date '9999-12-31', 'file', null, $at, null
from person
where right(person_id, 1) <> '0';

insert into quota
select person.person_id, (date '2024-01-01' + to_months(month.number::integer))::date, '', 'amount', 200000 + 5000 * (chance(month.number, 7) % 20), date '0001-01-01', date '9999-12-31', 'file', null, $at, null
from person, (select unnest(range(36)) as number) as month
where right(person.person_id, 1) <> '0'
