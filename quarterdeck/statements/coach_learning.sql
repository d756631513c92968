select
    item_id, person_id, author_id, kind, title, skill, mentor_id, due_on, done_on, renew_on, evidence, is_dropped,
    added_on
from learning_item
where superseded_at is null and item_id = $thing_id
