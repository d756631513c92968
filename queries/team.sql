-- question: Who is in sight, and who reports to whom?
-- grain: person_id
-- columns:
--   person_id     text
--   person_name   text
--   role          text?
--   manager_id    text?
--   is_manager    flag    has reports on the day

select
    member.person_id,
    member.person_name,
    member.role,
    member.manager_id,
    exists (
        select 1
        from report_paths() as path
        where path.ancestor_id = member.person_id and path.depth > 0 and holds_on(path.valid_from, path.valid_to, $assigned_on)
    ) as is_manager
from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member
order by member.person_name, member.person_id
