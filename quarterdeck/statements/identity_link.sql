insert into identity values ($issuer, $subject, $person_id, $address, $at, null)
