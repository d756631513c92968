create table remembered.kept_here as
select *
from holdings_on($assigned_on)
