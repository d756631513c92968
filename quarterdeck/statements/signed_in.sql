-- Whom an account of a provider stands for: the person it is linked to, else everybody with its verified address.
with linked as (
    select known.person_id
    from identity as known
    where known.superseded_at is null and known.issuer = $issuer and known.subject = $subject
),

meant as (
    select linked.person_id, true as is_linked
    from linked

    union all

    select member.person_id, false
    from person as member
    where member.superseded_at is null and member.kind = 'person'
      and lower(member.email) = $address
      and not exists (select 1 from linked)
)

select
    meant.person_id,
    coalesce(member.person_name, '') as person_name,
    meant.is_linked,
    exists (
        select 1 from identity as other
        where other.superseded_at is null and other.person_id = meant.person_id and meant.person_id <> '' and not meant.is_linked
    ) as is_linked_elsewhere,
    coalesce(access.is_open, true) as is_open,
    coalesce(member.left_on < $as_of, false) as has_left,
    role.role,
    access.second_role
from meant
left join person as member on meant.person_id = member.person_id and member.superseded_at is null
left join person_access as access on meant.person_id = access.person_id and access.superseded_at is null
left join person_role as role
    on meant.person_id = role.person_id and role.superseded_at is null and holds_on(role.valid_from, role.valid_to, $as_of)
order by meant.person_id
