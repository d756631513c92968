select
    story_id, person_id, author_id, skill, deal_id, story, happened_on, has_consent
from win_story
where superseded_at is null and story_id = $thing_id
