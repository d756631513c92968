-- The key of a deal without an id: its name, account and day of creation, and how often they came before.
insert into made_key
with valued as (
    select
        deals.place,
        text_of(deals.deal_name, list_contains($rough::varchar[], 'deal_name'), $nothings) as deal_name,
        text_of(deals.account, list_contains($rough::varchar[], 'account'), $nothings) as account,
        case when list_contains($iso::varchar[], 'created_on') then left(deals.created_on, 10) else of_created_on.means end as created_on
    from deals
    left join meaning as of_created_on on of_created_on.field = 'created_on' and of_created_on.cell = day_of(deals.created_on)
    where text_of(deals.deal_id, list_contains($rough::varchar[], 'deal_id'), $nothings) is null
),

named as (
    select
        valued.place,
        coalesce(named_deal.key, folded(valued.deal_name), '') || chr(31)
        || coalesce(named_account.key, folded(valued.account), '') || chr(31) || coalesce(valued.created_on, '') as said
    from valued
    left join naming as named_deal on named_deal.field = 'deal_name' and named_deal.name = valued.deal_name
    left join naming as named_account on named_account.field = 'account' and named_account.name = valued.account
)

select
    named.place + $first_line,
    'n-' || left(sha1(named.said), 12) || '-' || row_number() over (partition by named.said order by named.place)
from named
