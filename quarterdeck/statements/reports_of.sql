-- Whether somebody stands anywhere below somebody else, today and later.
select count(*)
from report_path
where superseded_at is null and valid_to = date '9999-12-31'
  and ancestor_id = $person_id and person_id = $manager_id
