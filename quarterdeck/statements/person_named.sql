select person_id, person_name from person
where superseded_at is null and (person_id = $words or person_name = $words)
order by person_id
