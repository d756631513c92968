drop table if exists remembered.kept_here
