select
    action_id, person_id, author_id, what, owner_id, owner_name, deal_id, account_id, agreed_on, due_on, done_on,
    is_dropped
from action_item
where superseded_at is null and action_id = $thing_id
