select count(*), coalesce(sum(hash(held)::hugeint), 0) from query_table($name) as held
