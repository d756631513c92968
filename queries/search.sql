-- question: Which people, accounts and deals answer to these words?
-- grain: kind, id
-- columns:
--   kind           text     person, account or deal
--   id             text
--   label          text
--   detail         text?    role, industry, or the deal's account
--   person_id      text?    who is credited with the most of a deal
--   outcome        text?    of a deal
--   judged_on      date?    a decided deal's closing day
--   deal_usd       usd?
--   found_in_all   count    rows of the whole answer, whichever page is shown

with asked as (
    select '%' || replace(replace(replace($words, '!', '!!'), '%', '!%'), '_', '!_') || '%' as pattern
),

credited as (
    select
        credit.deal_id, credit.deal_name, credit.account_id, credit.outcome, credit.judged_on, credit.person_id,
        sum(credit.credit_usd)::decimal(18, 2) as credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    group by
        credit.deal_id, credit.deal_name, credit.account_id, credit.outcome, credit.judged_on, credit.person_id
),

-- Accounts in sight: those with a deal in sight, those in the hands of somebody in sight, and those that nobody holds
-- for whoever sees what nobody holds.
customer as (
    select account.account_id, account.account_name, account.industry
    from accounts_at($as_of) as account
    where account.account_id in (select credited.account_id from credited)
       or account.account_id in (
           select owned.account_id
           from accounts_at($assigned_on) as owned
           semi join people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member
               on owned.owner_id = member.person_id
       )
       or account.account_id in (
           select held.account_id
           from holdings_in_scope(
               $viewer_id, $viewer_role, $assigned_on, $person_ids, []::varchar[], false
           ) as held
       )
),

deal as (
    select
        credited.deal_id,
        min(credited.deal_name) as deal_name,
        min(customer.account_name) as account_name,
        min(credited.outcome) as outcome,
        max(credited.judged_on) as judged_on,
        min(credited.person_id) as person_id,
        sum(credited.credit_usd)::decimal(18, 2) as deal_usd
    from credited
    left join customer on credited.account_id = customer.account_id
    group by credited.deal_id
),

found as (
    select
        'person' as kind, member.person_id as id, member.person_name as label, member.role as detail,
        member.person_id, null::varchar as outcome, null::date as judged_on, null::decimal(18, 2) as deal_usd, 1 as place
    from people_in_scope($viewer_id, $viewer_role, $assigned_on, $person_ids) as member
    where member.person_name ilike (select asked.pattern from asked) escape '!'

    union all

    select
        'account' as kind, customer.account_id as id, customer.account_name as label, customer.industry as detail,
        null as person_id, null as outcome, null as judged_on, null as deal_usd, 2 as place
    from customer
    where customer.account_name ilike (select asked.pattern from asked) escape '!'

    union all

    select
        'deal' as kind, deal.deal_id as id, coalesce(deal.deal_name, deal.account_name, deal.deal_id) as label,
        deal.account_name as detail, deal.person_id, deal.outcome,
        case when deal.outcome in ('won', 'lost') then deal.judged_on end as judged_on, deal.deal_usd, 3 as place
    from deal
    where deal.outcome in ('open', 'won', 'lost')
      and (
          deal.deal_id ilike (select asked.pattern from asked) escape '!'
          or coalesce(deal.deal_name, '') ilike (select asked.pattern from asked) escape '!'
          or coalesce(deal.account_name, '') ilike (select asked.pattern from asked) escape '!'
      )
)

select
    found.kind, found.id, found.label, found.detail, found.person_id, found.outcome, found.judged_on, found.deal_usd,
    count(*) over () as found_in_all
from found
order by
    found.place, (found.outcome = 'open') desc nulls last, found.deal_usd desc nulls last, found.label, found.kind, found.id
limit $rows_shown offset $rows_before
