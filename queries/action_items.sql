-- question: What was agreed, by when, and is it done?
-- grain: action_id
-- columns:
--   action_id      text
--   person_id      text    whose book it concerns; '' for somebody's out of sight, where the viewer does it
--   person_name    text?
--   what           text
--   owner_id       text    '' for somebody outside sales
--   owner_name     text    who does it
--   deal_id        text?
--   account_id     text?
--   agreed_on      date
--   due_on         date?
--   done_on        date?
--   is_open        flag    neither done nor dropped on the day
--   is_overdue     flag    open, and due before the day
--   may_change     flag    the viewer leads the coaching, does it, or it is their own book

with seen as (
    select known.person_id, known.person_name, known.is_led or known.is_self as may_change
    from coached_in_scope($viewer_id, $viewer_role, $today_on, $person_ids) as known
),

shown as (
    select
        item.action_id, coalesce(seen.person_id, '') as person_id, seen.person_name, item.what, item.owner_id, item.owner_name,
        case when seen.person_id is not null then item.deal_id end as deal_id,
        case when seen.person_id is not null then item.account_id end as account_id,
        item.agreed_on, item.due_on, item.done_on, item.is_dropped,
        coalesce(seen.may_change, false) or (item.owner_id = $viewer_id and item.owner_id <> '') as may_change
    from action_item as item
    left join seen on item.person_id = seen.person_id
    where item.superseded_at is null and item.agreed_on <= $as_of
      and (
          seen.person_id is not null
          or (
              $viewer_role in ('executive', 'director', 'area_director')
              and item.owner_id <> '' and item.owner_id = $viewer_id and chosen($person_ids, $viewer_id)
          )
      )
)

select
    shown.action_id, shown.person_id, shown.person_name, shown.what, shown.owner_id, shown.owner_name, shown.deal_id, shown.account_id,
    shown.agreed_on, shown.due_on,
    case when shown.done_on <= $as_of then shown.done_on end as done_on,
    not shown.is_dropped and coalesce(shown.done_on > $as_of, true) as is_open,
    not shown.is_dropped and coalesce(shown.done_on > $as_of, true) and coalesce(shown.due_on < $as_of, false) as is_overdue,
    shown.may_change
from shown
where not shown.is_dropped
order by (shown.done_on is not null), shown.due_on nulls last, shown.action_id
