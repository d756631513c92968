select
    score_id, person_id, skill, author_id, score, evidence, is_shared, scored_on
from skill_score
where superseded_at is null and score_id = $thing_id
