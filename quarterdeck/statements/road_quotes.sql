-- How many quotes the cells of each column hold.
select sum(case when contains(columns(*), '"') then strlen(columns(*)) - strlen(replace(columns(*), '"', '')) end) from told
