select count(*) > 0
from mentor as willing
where willing.superseded_at is null and willing.is_willing and willing.person_id = $person_id and willing.skill = $skill
