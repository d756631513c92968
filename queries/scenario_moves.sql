-- question: Which accounts change hands by a realignment?
-- grain: account_id
-- columns:
--   account_id         text
--   account_name       text
--   place              text?    city and state
--   street             text?
--   zip                text?
--   industry           text?
--   is_strategic       flag
--   from_id            text     '' for nobody
--   from_name          text?
--   to_id              text
--   to_name            text?
--   module_name        text?    in which it comes to lie
--   potential_usd      usd
--   mrr_usd            usd
--   open_usd           usd      open deals, whoever is credited
--   relationships      count    activities of who gave it, in the 180 days before the as-of day

with made as (
    select given.account_id, given.from_id, given.to_id, given.module_id
    from handed_over($viewer_id, $viewer_role, $assigned_on, $scenario_id, $plan_on) as given
),

dealt as (
    select credit.account_id, open_usd(credit.outcome, credit.credit_usd) as open_usd
    from credits_in_sight(
        $viewer_id, $viewer_role, $as_of, $modules, $product_lines, $channels, $strategic_only, $basis, $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open'
    group by credit.account_id
),

installed as (
    select service.account_id, installed_mrr_usd(service.mrr_usd) as mrr_usd
    from installed_on($as_of) as service
    group by service.account_id
),

spoken as (
    select made.account_id, count(*) as relationships
    from made
    inner join activity as act on made.account_id = act.account_id and made.from_id = act.person_id
    where act.superseded_at is null and act.happened_at::date <= $as_of and act.happened_at::date > ($as_of - interval 180 day)::date
    group by made.account_id
)

select
    made.account_id, account.account_name,
    case when account.state is null then account.city else concat(coalesce(concat(account.city, ', '), ''), account.state) end as place,
    account.street, account.zip, account.industry, coalesce(account.is_strategic, false) as is_strategic,
    made.from_id, giver.person_name as from_name, made.to_id, taker.person_name as to_name, book.module_name,
    potential.potential_usd,
    coalesce(installed.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
    coalesce(dealt.open_usd, 0)::decimal(18, 2) as open_usd,
    coalesce(spoken.relationships, 0) as relationships
from made
inner join accounts_at($as_of) as account on made.account_id = account.account_id
inner join potentials_on($as_of) as potential on made.account_id = potential.account_id
left join person as giver on made.from_id = giver.person_id and giver.superseded_at is null
left join person as taker on made.to_id = taker.person_id and taker.superseded_at is null
left join module as book on made.module_id = book.module_id and book.superseded_at is null
left join installed on made.account_id = installed.account_id
left join dealt on made.account_id = dealt.account_id
left join spoken on made.account_id = spoken.account_id
order by to_name, account.account_name, made.account_id
