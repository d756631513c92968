-- Whom and what each name, mail and id stands for, as the comparisons look it up.
create or replace temp table called as
select alias.entity, alias.kind, alias.alias_key, min(alias.target_id) as target_id
from alias
where alias.superseded_at is null
group by alias.entity, alias.kind, alias.alias_key
