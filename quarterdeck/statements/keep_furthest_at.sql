create table remembered.kept_here as select * from furthest_at($as_of)
