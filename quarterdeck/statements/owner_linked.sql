-- How many accounts sign in as an owner of everything with this address.
select count(*)
from identity as known
where known.superseded_at is null and known.person_id = '' and known.email = $address
