-- Whether any deal is known.
select count(*) > 0 from known
