select kind, count(*) from moving group by kind
