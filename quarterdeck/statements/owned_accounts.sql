-- Whose would each account in sight be that lies in no module from a day on: its owner's, else the owner's of its newest
-- deal, as long as they are in sight and have not left. one_each and moving_each follow.
create or replace temp table owned_account as
with here as (
    select member.person_id
    from people_in_scope($viewer_id, $viewer_role, $from_on::date, []::varchar[]) as member
    inner join person as known on member.person_id = known.person_id and known.superseded_at is null
    where known.left_on is null or known.left_on >= $from_on::date
),

dealt as (
    select
        deal.account_id, deal.owner_id,
        row_number() over (
            partition by deal.account_id order by coalesce(deal.created_on, deal.close_on) desc nulls last, deal.deal_id desc
        ) as place
    from deals_at($from_on::date) as deal
    inner join here on deal.owner_id = here.person_id
    where deal.outcome <> 'removed'
)

select held.account_id, coalesce(here.person_id, dealt.owner_id) as person_id
from holdings_in_scope($viewer_id, $viewer_role, $from_on::date, []::varchar[], []::varchar[], false) as held
left join here on held.person_id = here.person_id
left join dealt on held.account_id = dealt.account_id and dealt.place = 1
where held.account_id not in (
    select link.account_id from module_account as link where link.superseded_at is null and link.valid_to > $from_on::date
)
