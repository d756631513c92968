update skill_score set superseded_at = $at where superseded_at is null and score_id = $score_id;

insert into skill_score (
    score_id, person_id, skill, author_id, score, evidence, is_shared, scored_on, recorded_at
)
values (
    $score_id, $person_id, $skill, $author_id, $score, $evidence, $is_shared, $scored_on, $at
)
