-- question: Which quotas of the months to come could follow a realignment?
-- grain: person_id, month_on, product_line, basis
-- columns:
--   person_id      text
--   person_name    text?
--   month_on       date
--   product_line   text    '' for all lines together
--   basis          text
--   quota_usd      usd     as known on the day from which it would hold

select
    known.person_id,
    member.person_name,
    known.month_on,
    known.product_line,
    known.basis,
    known.quota_usd
from plans_in_scope($viewer_id, $viewer_role, $assigned_on) as plan
inner join quota as known
    on known.superseded_at is null and known.month_on >= plan.effective_on
    and holds_on(known.valid_from, known.valid_to, plan.effective_on)
inner join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member on known.person_id = member.person_id
where plan.scenario_id = $scenario_id
  and known.person_id in (
      select made.was_person_id from plans_made($assigned_on) as made where made.scenario_id = $scenario_id and made.was_person_id <> made.person_id
      union
      select made.person_id from plans_made($assigned_on) as made where made.scenario_id = $scenario_id and made.was_person_id <> made.person_id
  )
order by known.person_id, known.month_on, known.product_line, known.basis
