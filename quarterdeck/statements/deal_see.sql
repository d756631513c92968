-- Where nothing is known yet, every row is new: reading the file again is quicker than keeping a copy.
create or replace temp view turning as
select * from becoming
