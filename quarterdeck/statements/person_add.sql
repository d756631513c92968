insert into person (person_id, person_name, kind, email, region, hired_on, left_on, base_zip, recorded_at)
values ($person_id, $person_name, $kind, $email, $region, $hired_on, $left_on, $base_zip, $at);

insert into alias (entity, kind, alias_key, target_id, recorded_at)
select 'person', word.kind, word.alias_key, $person_id, $at
from (select 'name' as kind, $name_key as alias_key union all select 'email', $email_key) as word
where word.alias_key is not null
  and not exists (
      select 1 from alias
      where alias.superseded_at is null and alias.entity = 'person' and alias.kind = word.kind and alias.alias_key = word.alias_key
  )
