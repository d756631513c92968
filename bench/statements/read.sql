create table told as select * from read_csv($path, all_varchar = true)
