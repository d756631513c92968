-- question: From when to when is there anything decided, and how fresh is it?
-- grain: question_id
-- columns:
--   question_id         text
--   deals               count   known on the as-of day
--   first_closed_on     date?   earliest closing day of a won deal
--   last_closed_on      date?   newest closing day of a won deal, not after the as-of day
--   exported_on         date?   the newest export's day, not after the as-of day
--   first_known_on      date?   from when on the past is known
--   first_exported_on   date?   the first export's day: what lies before it is put together from dates
--   people              count
--   objectives          count   that hold on the as-of day, of these people

select
    'span' as question_id,
    count(distinct credit.deal_id) as deals,
    min(credit.judged_on) filter (where credit.outcome = 'won') as first_closed_on,
    max(credit.judged_on) filter (where credit.outcome = 'won' and credit.judged_on <= $as_of) as last_closed_on,
    (
        select max(batch.exported_on)
        from import_batch as batch
        where batch.undone_at is null and batch.entity = 'deal' and batch.exported_on <= $as_of
    ) as exported_on,
    (select min(version.valid_from) from deal_version as version where version.superseded_at is null) as first_known_on,
    (select min(batch.exported_on) from import_batch as batch where batch.undone_at is null and batch.entity = 'deal') as first_exported_on,
    (select count(*) from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member) as people,
    (
        select count(*)
        from objective as aim
        semi join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member on aim.person_id = member.person_id
        where aim.superseded_at is null and holds_on(aim.valid_from, aim.valid_to, $as_of)
    ) as objectives
from credits_in_scope(
    $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
    $assignments, $assigned_on
) as credit
order by question_id
