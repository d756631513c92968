-- The deals whose events go, and the events.
create or replace temp table at_hand as
select distinct event.deal_id
from deal_event as event
where event.superseded_at is null and event.batch_id = $batch_id;

update deal_event set superseded_at = $at
where superseded_at is null and batch_id = $batch_id
