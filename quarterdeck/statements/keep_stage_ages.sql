create table remembered.kept_here as select * from stage_ages($as_of)
