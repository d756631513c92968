-- Everyone whose time on the team has a beginning, an end or spells of less than a whole position.
select
    member.person_id, member.hired_on, member.left_on,
    spell.kind, spell.share, spell.valid_from, spell.valid_to
from person as member
left join person_capacity as spell on member.person_id = spell.person_id and spell.superseded_at is null
where member.superseded_at is null
  and (member.hired_on is not null or member.left_on is not null or spell.person_id is not null)
order by member.person_id, spell.valid_from, spell.kind
