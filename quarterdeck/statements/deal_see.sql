-- Where nothing is known yet, every row is new: reading the file again is quicker than keeping a copy, and
-- there is nothing to look for.
create or replace temp view known as
select * from deal_version where false;

create or replace temp view turning as
select * replace ('new' as kind) from becoming
