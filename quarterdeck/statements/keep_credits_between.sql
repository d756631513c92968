create table remembered.kept_here as select * from credits_between($compare_on, $as_of, $basis, $assignments, $assigned_on)
