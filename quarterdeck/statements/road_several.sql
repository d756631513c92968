-- How many texts a column holds, about.
select approx_count_distinct(columns([$column])) from told
