-- Only the name is another one: the links are told of the id.
update module set superseded_at = $at where superseded_at is null and module_id = $module_id;

insert into module (module_id, module_name, batch_id, recorded_at)
values ($module_id, $module_name, null, $at)
