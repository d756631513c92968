create table if not exists definition (sha256 varchar not null)
