update coaching_answer set superseded_at = $at where superseded_at is null and thing_id = $thing_id;

insert into coaching_answer (thing_id, person_id, answer, answered_on, recorded_at)
select $thing_id, $person_id, $answer, $answered_on, $at
where $answer <> ''
