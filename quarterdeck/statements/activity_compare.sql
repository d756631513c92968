-- What a file of activities would do. Temporary tables only.

-- A deal is found by its id, or by a name that only one deal has, of that account where one is given.
create or replace temp table deal_word as
with named as (
    select distinct deal_id, lower(trim(deal_name)) as word, account_id
    from deal_version
    where superseded_at is null and valid_to = date '9999-12-31' and deal_name is not null
)
select word, account_id, min(deal_id) as deal_id
from named
where account_id is not null
group by word, account_id
having count(distinct deal_id) = 1

union all

select word, null, min(deal_id)
from named
group by word
having count(distinct deal_id) = 1;

create or replace temp table arriving as
with found as (
    select
        row.*,
        coalesce(account_by_id.target_id, account_by_name.target_id, row.account_ref) as customer_id,
        coalesce(person_by_id.target_id, person_by_email.target_id, person_by_name.target_id, row.person_ref) as member_id
    from read_parquet($path) as row
    left join called as account_by_id
        on account_by_id.entity = 'account' and account_by_id.kind = 'id' and account_by_id.alias_key = row.account
    left join called as account_by_name
        on account_by_name.entity = 'account' and account_by_name.kind = 'name' and account_by_name.alias_key = row.account_key
    left join called as person_by_id
        on person_by_id.entity = 'person' and person_by_id.kind = 'id' and person_by_id.alias_key = row.person
    left join called as person_by_email
        on person_by_email.entity = 'person' and person_by_email.kind = 'email' and person_by_email.alias_key = row.person_key
    left join called as person_by_name
        on person_by_name.entity = 'person' and person_by_name.kind = 'name' and person_by_name.alias_key = row.person_key
)
select found.*, coalesce(by_id.deal_id, by_account.deal_id, by_name.deal_id) as found_deal_id
from found
left join (select distinct deal_id from deal_version where superseded_at is null) as by_id on found.deal = by_id.deal_id
left join deal_word as by_account on found.deal_key = by_account.word and found.customer_id = by_account.account_id
left join deal_word as by_name on found.deal_key = by_name.word and by_name.account_id is null;

create or replace temp table known as
select * from activity where superseded_at is null;

create or replace temp table moving as
with becoming as (
    select
        row.activity_key as activity_id,
        coalesce(case when list_contains($carried, 'kind') then row.kind else known.kind end, 'other') as kind_name,
        case when list_contains($carried, 'person') then row.member_id else known.person_id end as person_id,
        case when list_contains($carried, 'account') then row.customer_id else known.account_id end as account_id,
        case when list_contains($carried, 'deal') then row.found_deal_id else known.deal_id end as deal_id,
        row.happened_at,
        case when list_contains($carried, 'outcome') then row.outcome else known.outcome end as outcome,
        case when list_contains($carried, 'subject') then row.subject else known.subject end as subject,
        case when list_contains($carried, 'place') then row.place else known.place end as place,
        case when list_contains($carried, 'miles') then row.miles::decimal(18, 1) else known.miles end as miles,
        row.account as account_word
    from arriving as row
    left join known on row.activity_key = known.activity_id
    where row.happened_at is not null
    qualify row_number() over (partition by row.activity_key order by row.line desc) = 1
)

select
    becoming.*,
    case
        when known.activity_id is null then 'new'
        when (
            becoming.kind_name, becoming.person_id, becoming.account_id, becoming.deal_id, becoming.happened_at,
            becoming.outcome, becoming.subject, becoming.place, becoming.miles
        ) is distinct from (
            known.kind, known.person_id, known.account_id, known.deal_id, known.happened_at,
            known.outcome, known.subject, known.place, known.miles
        ) then 'changed'
        else 'unchanged'
    end as kind
from becoming
left join known on becoming.activity_id = known.activity_id
