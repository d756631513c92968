-- Of the deals open on the day of the arriving export, as far as is known, how many it holds.
select count(*), count(*) filter (where version.deal_id in (select turning.deal_id from turning))
from deal_version as version
where version.superseded_at is null
  and version.outcome = 'open'
  and version.valid_from <= $exported_on::date and $exported_on::date < version.valid_to
