-- All columns that rows of deals may have, and the written rows with those that hold nothing there.
-- The text that they came from makes way.
create table shape as
select * from read_csv($nothing, columns = $columns, auto_detect = false);

copy shape to $shape (format parquet);

drop view deals;

drop table told;

set threads = 1;

set variable written_path = $target;

create view written as
select * from shape
union all by name
select * from read_parquet(getvariable('written_path'))
