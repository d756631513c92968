-- An open deal that a full export no longer holds is gone; decided ones are left as they were.
create or replace temp table going as
select known.*
from known
where $is_full
  and known.outcome = 'open'
  and known.deal_id not in (select turning.deal_id from turning)
