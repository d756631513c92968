insert into standing
select
    unnest($is_won::varchar[]), unnest($is_closed::varchar[]), unnest($status::varchar[]), unnest($stage::varchar[]),
    unnest($outcome::varchar[])
