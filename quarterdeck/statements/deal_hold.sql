-- Where much is compared with what is known, the outcome is read more often than it would take to make it.
create or replace temp table held as
select * from becoming;

create or replace temp view turning as
select * from held
