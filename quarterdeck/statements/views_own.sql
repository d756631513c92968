-- The views that somebody keeps, as they are written down.
select view_id, view_name, page, asked, is_shared, is_default
from saved_view
where superseded_at is null and owner_id = $owner_id
order by view_id
