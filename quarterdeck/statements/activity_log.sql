-- One activity that somebody logged by hand. The same one twice is once.
insert into activity (
    activity_id, kind, person_id, account_id, deal_id, happened_at, outcome, subject, batch_id, recorded_at
)
select
    $activity_id, $kind, $person_id, $account_id::varchar, $deal_id::varchar, $happened_at::timestamp,
    $outcome::varchar, $subject::varchar, null, $at
