-- A module of somebody's own, from the day on which they get their first account.
insert into module
select $module_id, $module_name, null, $at, null
where $module_id not in (select known.module_id from module as known where known.superseded_at is null);

update module_owner set superseded_at = $at
where superseded_at is null and module_id = $module_id and valid_to > $from_on and valid_from >= $from_on;

insert into module_owner values ($module_id, $person_id, $from_on, date '9999-12-31', 'command', null, $at, null)
