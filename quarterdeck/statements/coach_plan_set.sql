update coaching_plan set superseded_at = $at where superseded_at is null and plan_id = $plan_id;

insert into coaching_plan (
    plan_id, person_id, author_id, status, skill, measure, goal, reality, choices, way_forward, baseline, baseline_low,
    baseline_high, baseline_count, baseline_from_on, baseline_to_on, target, written_on, starts_on, review_on, answer,
    is_accepted, answered_on, outcome, outcome_words, closed_on, recorded_at
)
values (
    $plan_id, $person_id, $author_id, $status, $skill, $measure, $goal, $reality, $choices, $way_forward, $baseline,
    $baseline_low, $baseline_high, $baseline_count, $baseline_from_on, $baseline_to_on, $target, $written_on,
    $starts_on, $review_on, $answer, $is_accepted, $answered_on, $outcome, $outcome_words, $closed_on, $at
)
