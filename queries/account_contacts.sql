-- question: Whom do we know at some accounts?
-- grain: contact_id
-- columns:
--   contact_id     text
--   account_id     text
--   account_name   text
--   contact_name   text
--   role           text?
--   email          text?
--   influence      text?

select
    known.contact_id, known.account_id, account.account_name, known.contact_name, known.role, known.email, known.influence
from contact as known
semi join holdings_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $strategic_only) as held
    on known.account_id = held.account_id
inner join accounts_at($as_of) as account on known.account_id = account.account_id
where known.superseded_at is null and list_contains($narrowed_to::varchar[], known.account_id)
order by account.account_name, known.contact_name, known.contact_id
