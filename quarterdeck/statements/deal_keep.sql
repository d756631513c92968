-- Few rows are cheaper to keep than to read again at each step of the commit.
create or replace temp table arrived as
select * from arriving;

create or replace temp view arriving as
select * from arrived
