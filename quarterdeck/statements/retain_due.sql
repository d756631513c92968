-- How many entries of coaching of each kind are older than they are kept; a day of null keeps them for good.
select 'keep_talks', count(*) from coaching_session where superseded_at is null and held_on < $keep_talks
union all
select 'keep_scores', count(*) from skill_score where superseded_at is null and scored_on < $keep_scores
union all
select 'keep_plans', count(*) from coaching_plan where superseded_at is null and status = 'closed' and closed_on < $keep_plans
union all
select 'keep_actions', count(*) from action_item
where superseded_at is null and (done_on < $keep_actions or (is_dropped and agreed_on < $keep_actions))
union all
-- A certificate is kept while it holds, and as long after that.
select 'keep_learning', count(*) from learning_item
where superseded_at is null and (greatest(done_on, renew_on) < $keep_learning or (is_dropped and added_on < $keep_learning))
union all
select 'keep_praise', count(*) from win_story where superseded_at is null and happened_on < $keep_praise
