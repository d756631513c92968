-- question: Who is credited with this deal, and with how much of it?
-- grain: deal_id, person_id
-- columns:
--   deal_id       text
--   deal_name     text?
--   account_name  text?
--   outcome       text
--   judged_on     date     the closing day of a decided deal, else the day asked for
--   person_id     text     '' without a known owner
--   person_name   text?
--   share         ratio
--   credit_usd    usd?     this person's part, of all lines

select
    credit.deal_id,
    min(credit.deal_name) as deal_name,
    min(account.account_name) as account_name,
    min(credit.outcome) as outcome,
    max(credit.judged_on) as judged_on,
    credit.person_id,
    min(member.person_name) as person_name,
    max(credit.share) as share,
    sum(credit.credit_usd)::decimal(18, 2) as credit_usd
from credits_in_scope(
    $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
    $assignments, $assigned_on
) as credit
left join accounts_at($as_of) as account on credit.account_id = account.account_id
left join person as member on credit.person_id = member.person_id and member.superseded_at is null
where credit.deal_id = $words
group by credit.deal_id, credit.person_id
order by share desc, credit.deal_id, credit.person_id
