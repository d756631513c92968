-- question: What has the organisation settled?
-- grain: name
-- columns:
--   name    text
--   value   text

select setting.name, setting.value
from setting
where setting.superseded_at is null
order by setting.name
