-- question: Who answers to these words: an id, an e-mail or an exact name?
-- grain: person_id
-- columns:
--   person_id     text
--   person_name   text
--   role          text?    of the day

select member.person_id, member.person_name, role.role
from person as member
left join person_role as role
    on member.person_id = role.person_id and role.superseded_at is null and holds_on(role.valid_from, role.valid_to, $as_of)
where member.superseded_at is null
  and (member.person_id = $words or member.email = $words or member.person_name = $words)
order by member.person_id
