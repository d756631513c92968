-- question: What was last done at some accounts, by whom, and what came of it?
-- grain: activity_id
-- columns:
--   activity_id    text
--   account_id     text
--   account_name   text
--   happened_on    date    until the as-of day; the newest five of each account
--   kind           text
--   person_name    text?   whoever it was
--   subject        text?
--   outcome        text?

with done as (
    select
        act.activity_id, act.account_id, act.happened_at, act.kind, act.person_id, act.subject, act.outcome,
        row_number() over (partition by act.account_id order by act.happened_at desc, act.activity_id) as place
    from activity as act
    semi join holdings_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $strategic_only) as held
        on act.account_id = held.account_id
    where act.superseded_at is null
      and act.happened_at::date <= $as_of
      and list_contains($narrowed_to::varchar[], act.account_id)
)

select
    done.activity_id, done.account_id, account.account_name, done.happened_at::date as happened_on, done.kind,
    member.person_name, done.subject, done.outcome
from done
inner join accounts_at($as_of) as account on done.account_id = account.account_id
left join person as member on done.person_id = member.person_id and member.superseded_at is null
where done.place <= 5
order by account.account_name, done.account_id, done.happened_at desc, done.activity_id
