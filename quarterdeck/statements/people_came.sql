-- Has this import made somebody known?
select count(*) > 0 from person where batch_id = $batch_id
