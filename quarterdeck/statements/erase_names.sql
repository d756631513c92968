-- How somebody is called, in all versions: names, addresses of mail, and the words that files know them by.
select distinct words
from (
    select person_name as words from person where person_id = $person_id
    union all
    select email from person where person_id = $person_id
    union all
    select email from identity where person_id = $person_id
    union all
    select alias_key from alias where entity = 'person' and target_id = $person_id and kind in ('name', 'email')
) as called
where length(words) > 1
order by length(words) desc, words
