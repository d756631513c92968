-- What was known of each deal when the arriving export, which is not the newest, was made.
create or replace temp table known_then as
select version.*
from deal_version as version
left join import_batch as batch on version.batch_id = batch.batch_id
where version.superseded_at is null
  and (
      (version.origin = 'import' and batch.exported_on <= $exported_on::date)
      or (version.origin = 'history' and version.valid_from <= $exported_on::date)
  )
qualify row_number() over (partition by version.deal_id order by version.valid_from desc) = 1;

create or replace temp view known as
select * from known_then
