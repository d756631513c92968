-- question: What is installed at some accounts, and when is it up for renewal?
-- grain: service_id
-- columns:
--   service_id     text
--   account_id     text
--   account_name   text
--   product_name   text?
--   product_line   text?
--   mrr_usd        usd?
--   renewal_on     date?

select
    installed.service_id, installed.account_id, account.account_name, part.product_name, installed.product_line,
    installed.mrr_usd, installed.renewal_on
from installed_on($as_of) as installed
semi join holdings_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids, $modules, $strategic_only) as held
    on installed.account_id = held.account_id
inner join accounts_at($as_of) as account on installed.account_id = account.account_id
inner join service as version
    on installed.service_id = version.service_id and version.superseded_at is null
    and holds_on(version.valid_from, version.valid_to, $as_of)
left join product as part on version.product_id = part.product_id and part.superseded_at is null
where list_contains($narrowed_to::varchar[], installed.account_id) and chosen($product_lines, installed.product_line)
order by account.account_name, installed.mrr_usd desc, installed.service_id
