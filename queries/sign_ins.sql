-- question: Who may sign in, with which address and in which roles?
-- grain: person_id
-- columns:
--   person_id      text
--   person_name    text
--   email          text?    what the account of the provider has to have
--   role           text?    of the as-of day
--   second_role    text?
--   is_open        flag     false for who is kept out
--   has_left       flag
--   people         count    in sight with the same address
--   linked_on      date?    since when an account is linked; empty for who never signed in

with member as (
    select
        seen.person_id, seen.person_name, seen.email, seen.role,
        coalesce(known.left_on < $as_of, false) as has_left
    from people_in_scope($viewer_id, $viewer_role, $as_of, $person_ids) as seen
    inner join person as known on seen.person_id = known.person_id and known.superseded_at is null
    where seen.kind = 'person'
),

alike as (
    select lower(member.email) as address, count(*) as people
    from member
    where member.email is not null
    group by lower(member.email)
),

linked as (
    select known.person_id, min(known.recorded_at)::date as linked_on
    from identity as known
    where known.superseded_at is null and known.person_id <> ''
    group by known.person_id
)

select
    member.person_id,
    member.person_name,
    member.email,
    member.role,
    access.second_role,
    coalesce(access.is_open, true) as is_open,
    member.has_left,
    coalesce(alike.people, 0) as people,
    linked.linked_on
from member
left join person_access as access on member.person_id = access.person_id and access.superseded_at is null
left join alike on lower(member.email) = alike.address
left join linked on member.person_id = linked.person_id
order by member.person_name, member.person_id
