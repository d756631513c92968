-- Whether one of two people was, is or will be anywhere above the other.
select count(*)
from report_path
where superseded_at is null and depth > 0
  and ((ancestor_id = $first_id and person_id = $second_id) or (ancestor_id = $second_id and person_id = $first_id))
