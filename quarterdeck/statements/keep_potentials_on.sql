create table remembered.kept_here as
select *
from potentials_on($as_of)
