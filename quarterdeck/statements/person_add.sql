insert into person (person_id, person_name, kind, email, recorded_at)
values ($person_id, $person_name, 'person', $email, $at);
insert into alias (entity, kind, alias_key, target_id, recorded_at)
values ('person', 'name', $name_key, $person_id, $at)
