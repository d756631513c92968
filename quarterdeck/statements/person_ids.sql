select distinct person_id from person
