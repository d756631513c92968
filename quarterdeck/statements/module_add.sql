insert into module (module_id, module_name, batch_id, recorded_at)
values ($module_id, $module_name, null, $at)
