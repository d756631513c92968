-- The old name stays an alias, so that files which still use it mean the same person.
insert into person
select was.* replace (
    $person_name as person_name, $kind as kind, $email as email, $region as region, $hired_on::date as hired_on,
    $left_on::date as left_on, $base_zip as base_zip, $at as recorded_at
)
from person as was
where was.superseded_at is null and was.person_id = $person_id;

update person set superseded_at = $at
where superseded_at is null and person_id = $person_id and recorded_at <> $at;

insert into alias (entity, kind, alias_key, target_id, recorded_at)
select 'person', word.kind, word.alias_key, $person_id, $at
from (select 'name' as kind, $name_key as alias_key union all select 'email', $email_key) as word
where word.alias_key is not null
  and not exists (
      select 1 from alias
      where alias.superseded_at is null and alias.entity = 'person' and alias.kind = word.kind and alias.alias_key = word.alias_key
  )
