-- So many deals, each seen at five stages: open four times, then won, lost or still open.
create temp table drawn as
select
    number,
    'd' || lpad(number::varchar, 8, '0') as deal_id,
    'p' || (chance(number, 1) % 6) || (1 + chance(number, 2) % 9) as owner_id,
    'a' || lpad((chance(number, 3) % greatest(20, $deals // 25))::varchar, 6, '0') as account_id,
    date '2024-01-01' + (chance(number, 4) % 1000)::integer as created_on,
    (5 + chance(number, 5) % 40)::integer as pace,
    chance(number, 6) % 100 as fate,
    ((chance(number, 8) % 25000000) * 0.01::decimal(3, 2))::decimal(18, 2) as amount,
    ['Cloud', 'Hosting', 'Managed services', 'Data', 'IP'][1 + chance(number, 9) % 5] as product_line,
    ['Direct', 'Partner', 'Referral', 'Event'][1 + chance(number, 10) % 4] as channel
from (select unnest(range($deals)) as number) as numbers;

insert into account_version (account_id, valid_from, valid_to, account_name, is_strategic, origin, recorded_at)
select 'a' || lpad(number::varchar, 6, '0'), date '0001-01-01', date '9999-12-31', 'Account ' || number, number % 20 = 0, 'file', $at
from (select unnest(range(greatest(20, $deals // 25))) as number) as numbers;

insert into deal_version
select
    drawn.deal_id,
    drawn.created_on + drawn.pace * step.number,
    case when step.number = 4 then date '9999-12-31' else drawn.created_on + drawn.pace * (step.number + 1) end,
    'Deal ' || drawn.number, drawn.owner_id, drawn.owner_id, drawn.account_id,
    case
        when step.number < 4 then ['Prospecting', 'Qualification', 'Proposal', 'Negotiation'][step.number + 1]
        when drawn.fate < 30 then 'Closed Won'
        when drawn.fate < 75 then 'Closed Lost'
        else 'Negotiation'
    end,
    '',
    case when step.number < 4 or drawn.fate >= 75 then 'open' when drawn.fate < 30 then 'won' else 'lost' end,
    null, drawn.created_on, drawn.created_on + drawn.pace * step.number,
    drawn.created_on + drawn.pace * 4,
    case when step.number = 4 and drawn.fate < 75 then drawn.created_on + drawn.pace * 4 end,
    drawn.amount, 'USD', drawn.amount, null, null, null, null, drawn.product_line, drawn.channel,
    null, null, null, null, null, null, 'import', null, $at, null
from drawn, (select unnest(range(5))::integer as number) as step
order by drawn.number, step.number;

drop table drawn
