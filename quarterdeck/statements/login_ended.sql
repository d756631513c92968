select count(*)
from ended_login as known
where known.login_id = $login_id
