update action_item set superseded_at = $at where superseded_at is null and action_id = $action_id;

insert into action_item (
    action_id, person_id, author_id, what, owner_id, owner_name, deal_id, account_id, agreed_on, due_on, done_on,
    is_dropped, recorded_at
)
values (
    $action_id, $person_id, $author_id, $what, $owner_id, $owner_name, $deal_id, $account_id, $agreed_on, $due_on,
    $done_on, $is_dropped, $at
)
