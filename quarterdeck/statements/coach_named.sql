-- The name of somebody in sight, or of who stands above the viewer.
select member.person_name
from person as member
where member.superseded_at is null and member.person_id = $person_id
  and (
      member.person_id in (
          select seen.person_id
          from seen_by($viewer_id, $viewer_role) as seen
          where holds_on(seen.seen_from, seen.seen_to, $as_of)
      )
      or member.person_id in (
          select path.ancestor_id
          from report_paths() as path
          where path.person_id = $viewer_id and holds_on(path.valid_from, path.valid_to, $as_of)
      )
  )
