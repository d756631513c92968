-- What somebody wrote, and what was written about them. What counts, and its days, stays.
update coaching_plan set
    goal = '(erased)', reality = '', choices = '', way_forward = '', answer = case when answer is not null then '(erased)' end,
    outcome_words = case when outcome_words is not null then '(erased)' end
where person_id = $person_id or author_id = $person_id;
update coaching_session set notes = '(erased)' where person_id = $person_id or author_id = $person_id;
update private_note set note = '' where person_id = $person_id or author_id = $person_id;
update skill_score set evidence = '(erased)' where person_id = $person_id or author_id = $person_id;
update coaching_answer set answer = '(erased)' where person_id = $person_id;
update learning_item set title = '(erased)', evidence = ''
where person_id = $person_id or author_id = $person_id or mentor_id = $person_id;
update win_story set story = '(erased)', has_consent = false where person_id = $person_id or author_id = $person_id;
update action_item set what = '(erased)' where person_id = $person_id or author_id = $person_id or owner_id = $person_id;
update activity set subject = null, outcome = null, place = null where person_id = $person_id;
update deal_version set next_step = null where owner_id = $person_id or credited_id = $person_id;
update saved_view set view_name = '(erased)' where owner_id = $person_id;
update scenario set scenario_name = '(erased)' where director_id = $person_id;
update scenario_rule set reason = '' where person_id = $person_id;
update identity set email = '', subject = '', issuer = '' where person_id = $person_id;
delete from alias where entity = 'person' and target_id = $person_id and kind in ('name', 'email');
update person set email = null, base_zip = null, region = null where person_id = $person_id
