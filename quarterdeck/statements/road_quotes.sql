-- The same as road_lengths, and after it how many quotes the cells of each column hold.
select
    sum(strlen(columns(*))),
    sum(case when contains(columns(*), '"') then strlen(columns(*)) - strlen(replace(columns(*), '"', '')) end)
from told
