-- question: What was agreed, by when, and is it done?
-- grain: action_id
-- columns:
--   action_id      text
--   person_id      text    whose book it concerns
--   person_name    text
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
    from coached_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as known
),

shown as (
    select item.*, seen.person_name, seen.may_change or (item.owner_id = $viewer_id and item.owner_id <> '') as may_change
    from action_item as item
    inner join seen on item.person_id = seen.person_id
    where item.superseded_at is null and item.agreed_on <= $as_of
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
