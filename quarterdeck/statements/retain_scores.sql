-- Scores given before a day, in all their versions.
delete from coaching_answer
where thing_id in (select score_id from skill_score where superseded_at is null and scored_on < $before_on);
delete from skill_score
where score_id in (select score_id from skill_score where superseded_at is null and scored_on < $before_on)
