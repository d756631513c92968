-- Actions done before a day, or dropped and agreed before it, in all their versions.
delete from action_item
where action_id in (
    select action_id from action_item
    where superseded_at is null and (done_on < $before_on or (is_dropped and agreed_on < $before_on))
)
