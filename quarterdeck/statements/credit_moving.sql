-- How many splits are about to change.
select count(*) from dividing_spell where not is_same
