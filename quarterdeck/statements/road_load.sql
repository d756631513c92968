-- The records below the header, all text: a column has the name of its field, or c and its number.
create table told as
select *
from read_csv(
    $source, columns = $columns, auto_detect = false, header = false, skip = $header_line, delim = $delimiter,
    quote = $quote, escape = $quote, strict_mode = true, null_padding = false,
    buffer_size = 4194304, max_line_size = 1048576
);

-- Every field of a deal, those that the file lacks too.
create table nothing as
select * from read_csv($nothing, columns = $fields, auto_detect = false);

create view deals as
select * from nothing
union all by name
select rowid as place, * from told;

create table once (field varchar, cell varchar, cells bigint, place bigint);
create table meaning (field varchar, cell varchar, means varchar);
create table made_key (line bigint, deal_key varchar);
create table naming (field varchar, name varchar, key varchar, ref varchar);
create table standing (is_won varchar, is_closed varchar, status varchar, stage varchar, outcome varchar);

select count(*) from told
