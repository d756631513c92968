-- question: Who did something well, and whom may one ask?
-- grain: story_id
-- columns:
--   story_id      text    a story, or that somebody may be asked about a skill
--   kind          text    story or mentor
--   person_id     text
--   person_name   text
--   skill         text
--   deal_id       text?   where the viewer sees the person's deals
--   story         text    '' for a mentor
--   happened_on   date?
--   has_consent   flag    the team sees it
--   is_led        flag    the viewer leads the coaching
--   is_self       flag

with seen as (
    select known.person_id, known.is_led, known.is_self
    from coached_by($viewer_id, $viewer_role, $today_on) as known
),

-- Whoever reports to the same manager, for what they agreed to show.
team_mate as (
    select other.person_id
    from reporting_line as own
    inner join reporting_line as other
        on own.manager_id = other.manager_id and other.superseded_at is null
        and holds_on(other.valid_from, other.valid_to, $today_on)
    where own.superseded_at is null and holds_on(own.valid_from, own.valid_to, $today_on)
      and own.person_id = $viewer_id and $viewer_role = 'executive'
),

told as (
    select
        tale.story_id, 'story' as kind, tale.person_id, tale.skill, tale.deal_id, tale.story, tale.happened_on, tale.has_consent
    from win_story as tale
    where tale.superseded_at is null and tale.happened_on <= $as_of

    union all

    select
        concat(willing.person_id, ' ', willing.skill) as story_id, 'mentor' as kind, willing.person_id, willing.skill, null as deal_id,
        '' as story, null::date as happened_on, true as has_consent
    from mentor as willing
    where willing.superseded_at is null and willing.is_willing
)

select
    told.story_id, told.kind, told.person_id, member.person_name, told.skill,
    case when seen.person_id is not null then told.deal_id end as deal_id,
    told.story, told.happened_on, told.has_consent,
    coalesce(seen.is_led, false) as is_led,
    coalesce(seen.is_self, false) as is_self
from told
inner join person as member on told.person_id = member.person_id and member.superseded_at is null
left join seen on told.person_id = seen.person_id
left join team_mate on told.person_id = team_mate.person_id
where (seen.person_id is not null and (seen.is_led or seen.is_self or told.has_consent))
   or (team_mate.person_id is not null and told.has_consent)
order by told.happened_on desc nulls last, told.story_id
