-- A module that somebody owns on a day, the first by name, and how they are called.
select min(book.module_id), min(member.person_name)
from person as member
left join books_on($from_on) as book on member.person_id = book.person_id
where member.superseded_at is null and member.person_id = $person_id
