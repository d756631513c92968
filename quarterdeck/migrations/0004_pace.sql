-- Which days are worked: each day of the calendar, why it is off (a weekend or a holiday, else empty), and how many
-- working days lie before it and up to its evening; is_own: the organisation itself said so. Written anew as a whole when the list of holidays changes.
create table calendar_day (
    day_on date not null, day_off varchar, working_before integer not null, working_through integer not null,
    is_own boolean not null,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);

-- Until settings say otherwise: Monday to Friday without the federal holidays of the United States (5 U.S.C. 6103). One
-- that falls on a Saturday is observed on the Friday before, on a Sunday on the Monday after.
create temp table every_day as
select
    day_on::date as day_on, isodow(day_on) as weekday, day(day_on) as day_number, month(day_on) as month_number, year(day_on) as year_number,
    (day(day_on) + 6) // 7 as nth, day(last_day(day_on)) - day(day_on) < 7 as is_last
from generate_series(timestamp '1989-01-01', timestamp '2062-12-31', interval 1 day) as days (day_on);

create temp table named_day as
select
    day_on, weekday,
    case
        when month_number = 1 and day_number = 1 then 'New Year''s Day'
        when month_number = 1 and weekday = 1 and nth = 3 then 'Martin Luther King Jr. Day'
        when month_number = 2 and weekday = 1 and nth = 3 then 'Washington''s Birthday'
        when month_number = 5 and weekday = 1 and is_last then 'Memorial Day'
        when month_number = 6 and day_number = 19 and year_number > 2020 then 'Juneteenth National Independence Day'
        when month_number = 7 and day_number = 4 then 'Independence Day'
        when month_number = 9 and weekday = 1 and nth = 1 then 'Labor Day'
        when month_number = 10 and weekday = 1 and nth = 2 then 'Columbus Day'
        when month_number = 11 and day_number = 11 then 'Veterans Day'
        when month_number = 11 and weekday = 4 and nth = 4 then 'Thanksgiving Day'
        when month_number = 12 and day_number = 25 then 'Christmas Day'
    end as holiday_name
from every_day;

create temp table day_off as
select
    day_on,
    case
        when weekday > 5 then 'Weekend'
        when holiday_name is not null then holiday_name
        when weekday = 5 then lead(holiday_name) over (order by day_on) || ' (observed)'
        when weekday = 1 then lag(holiday_name) over (order by day_on) || ' (observed)'
    end as day_off
from named_day;

insert into calendar_day (day_on, day_off, working_before, working_through, is_own, recorded_at)
select
    day_on, day_off,
    count(case when day_off is null then 1 end) over (order by day_on) - case when day_off is null then 1 else 0 end,
    count(case when day_off is null then 1 end) over (order by day_on),
    false,
    timestamp '2000-01-01'
from day_off;

drop table every_day;
drop table named_day;
drop table day_off;
