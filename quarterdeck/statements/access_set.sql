update person_access set superseded_at = $at where superseded_at is null and person_id = $person_id;

insert into person_access
select $person_id, $is_open, $second_role, $at, null::timestamp
where not $is_open or $second_role::varchar is not null
