create table remembered.kept_here as select * from credits_at($as_of, $basis)
