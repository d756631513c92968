-- question: What is known about each person?
-- grain: person_id
-- columns:
--   person_id     text
--   person_name   text
--   kind          text     person, or seat: a place nobody holds yet
--   email         text?
--   region        text?
--   base_zip      text?
--   hired_on      date?
--   left_on       date?
--   role          text?    of the as-of day
--   manager_id    text?    of the as-of day

select
    member.person_id,
    member.person_name,
    member.kind,
    member.email,
    member.region,
    known.base_zip,
    known.hired_on,
    known.left_on,
    member.role,
    member.manager_id
from people_in_scope($viewer_id, $viewer_role, $as_of, $person_ids) as member
inner join person as known on member.person_id = known.person_id and known.superseded_at is null
order by member.person_name, member.person_id
