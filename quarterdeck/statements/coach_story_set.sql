update win_story set superseded_at = $at where superseded_at is null and story_id = $story_id;

insert into win_story (
    story_id, person_id, author_id, skill, deal_id, story, happened_on, has_consent, recorded_at
)
values (
    $story_id, $person_id, $author_id, $skill, $deal_id, $story, $happened_on, $has_consent, $at
)
