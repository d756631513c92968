-- question: Who fills less than a whole position, and when?
-- grain: person_id, kind, starts_on
-- columns:
--   person_id     text
--   person_name   text
--   kind          text    leave, part time, or a ramp of their own
--   filled_share  ratio   of a whole position
--   starts_on     date
--   ends_on       date?   the last day; empty while no end is known
--   is_now        flag    on the as-of day

select
    spell.person_id,
    seen.person_name,
    spell.kind,
    ratio(spell.share, 1) as filled_share,
    spell.valid_from as starts_on,
    case when spell.valid_to < date '9999-12-31' then (spell.valid_to - interval 1 day)::date end as ends_on,
    holds_on(spell.valid_from, spell.valid_to, $as_of) as is_now
from person_capacity as spell
inner join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as seen on spell.person_id = seen.person_id
where spell.superseded_at is null
order by starts_on desc, seen.person_name, spell.person_id, spell.kind
