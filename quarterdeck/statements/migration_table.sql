-- Which shapes this file has been through.
create table if not exists migration (name varchar primary key, applied_at timestamp not null)
