insert into ended_login values ($login_id, $at)
