create table remembered.kept_here as select * from stage_limits_in_scope($viewer_id, $viewer_role, $as_of)
