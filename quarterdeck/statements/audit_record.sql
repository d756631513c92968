insert into audit_log (happened_at, actor, command, payload)
values ($at, $actor, $command, $payload::json)
