-- A view is written anew, whole; where it opens first, no other one of this page does any more.
update saved_view set superseded_at = $at where superseded_at is null and owner_id = $owner_id and view_id = $view_id;

insert into saved_view
select kept.* replace (false as is_default, $at as recorded_at)
from saved_view as kept
where kept.superseded_at is null and kept.owner_id = $owner_id and kept.page = $page and kept.is_default and $is_default;

update saved_view set superseded_at = $at
where superseded_at is null and recorded_at <> $at and owner_id = $owner_id and page = $page and is_default and $is_default;

insert into saved_view values ($view_id, $view_name, $owner_id, $page, $asked, $is_shared, $is_default, $at, null)
