-- What was learned before a day and holds no more, or was dropped and added before it, in all versions.
delete from learning_item
where item_id in (
    select item_id from learning_item
    where superseded_at is null and (greatest(done_on, renew_on) < $before_on or (is_dropped and added_on < $before_on))
)
