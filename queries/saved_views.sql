-- question: Which views did the viewer keep, and which are shared with everybody?
-- grain: view_id
-- columns:
--   view_id       text
--   view_name     text
--   owner_name    text?    empty for the owner of everything, and for whoever the viewer does not see on the day
--   page          text     the page that it opens
--   asked         text     the filters, as the words of an address; they say nothing of what is seen there
--   is_own        flag     the viewer's own, and nobody else's to change
--   is_shared     flag     everybody finds it
--   is_default    flag     of the viewer's own: it opens where the page is opened by itself

with seen as (
    select distinct sight.person_id
    from seen_by($viewer_id, $viewer_role) as sight
    where sight.person_id <> '' and holds_on(sight.seen_from, sight.seen_to, $as_of)
)

select
    kept.view_id,
    kept.view_name,
    owner.person_name as owner_name,
    kept.page,
    kept.asked,
    kept.owner_id = $viewer_id as is_own,
    kept.is_shared,
    kept.owner_id = $viewer_id and kept.is_default as is_default
from views_in_scope($viewer_id, $viewer_role) as kept
left join seen on kept.owner_id = seen.person_id
left join person as owner on seen.person_id = owner.person_id and owner.superseded_at is null
order by (kept.owner_id <> $viewer_id), kept.view_name, kept.view_id
