-- Stories of before a day, in all their versions.
delete from win_story
where story_id in (select story_id from win_story where superseded_at is null and happened_on < $before_on)
