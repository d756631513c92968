-- Who would have accounts, by name; without a person how many accounts nobody has. And how many accounts in sight lie in
-- modules already.
select
    owned.person_id, max(member.person_name), count(*),
    (
        select count(*)
        from holdings_in_scope($viewer_id, $viewer_role, $from_on::date, []::varchar[], []::varchar[], false) as held
        where held.module_id <> ''
    )
from owned_account as owned
left join person as member on owned.person_id = member.person_id and member.superseded_at is null
group by owned.person_id
order by max(member.person_name), owned.person_id
