update mentor set superseded_at = $at where superseded_at is null and person_id = $person_id and skill = $skill;

insert into mentor (person_id, skill, is_willing, recorded_at)
values ($person_id, $skill, $is_willing, $at)
