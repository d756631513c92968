-- Plans closed before a day, in all their versions.
delete from coaching_plan
where plan_id in (select plan_id from coaching_plan where superseded_at is null and status = 'closed' and closed_on < $before_on)
