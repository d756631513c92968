create table remembered.kept_here as select *, $as_of::date as kept_for from credits_at($as_of, $basis, $assignments, $assigned_on)
