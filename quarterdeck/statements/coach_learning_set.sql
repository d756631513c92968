update learning_item set superseded_at = $at where superseded_at is null and item_id = $item_id;

insert into learning_item (
    item_id, person_id, author_id, kind, title, skill, mentor_id, due_on, done_on, renew_on, evidence, is_dropped,
    added_on, recorded_at
)
values (
    $item_id, $person_id, $author_id, $kind, $title, $skill, $mentor_id, $due_on, $done_on, $renew_on, $evidence,
    $is_dropped, $added_on, $at
)
