-- question: What does each person learn, by when, and is it done?
-- grain: item_id
-- columns:
--   item_id       text
--   person_id     text
--   person_name   text
--   kind          text    course, reading, ride-along, shadowing, certification or mentoring
--   title         text
--   skill         text
--   mentor_name   text?   where the viewer sees who it is
--   added_on      date
--   due_on        date?
--   done_on       date?
--   renew_on      date?   a certificate lapses then
--   evidence      text
--   standing      text    done, open, overdue, lapsed or lapses soon: within 60 days
--   is_led        flag    the viewer leads the coaching
--   is_self       flag    the viewer's own

with seen as (
    select known.person_id, known.person_name, known.is_led, known.is_self
    from coached_in_scope($viewer_id, $viewer_role, $today_on, $person_ids) as known
),

met as (
    select known.person_id, known.person_name
    from people_in_scope($viewer_id, $viewer_role, $today_on, []::varchar[]) as known
)

select
    item.item_id, item.person_id, seen.person_name, item.kind, item.title, item.skill, met.person_name as mentor_name, item.added_on,
    item.due_on,
    case when item.done_on <= $as_of then item.done_on end as done_on,
    item.renew_on, item.evidence,
    case
        when item.done_on <= $as_of and item.renew_on <= $as_of then 'lapsed'
        when item.done_on <= $as_of and item.renew_on <= ($as_of + interval 60 day)::date then 'lapses soon'
        when item.done_on <= $as_of then 'done'
        when item.due_on < $as_of then 'overdue'
        else 'open'
    end as standing,
    seen.is_led, seen.is_self
from learning_item as item
inner join seen on item.person_id = seen.person_id
left join met on item.mentor_id = met.person_id
where item.superseded_at is null and not item.is_dropped and item.added_on <= $as_of
order by (item.done_on is not null), item.due_on nulls last, item.item_id
