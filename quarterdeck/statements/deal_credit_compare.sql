-- What a file of splits says: which deals and people its words mean, and which rows cannot be kept. credit_even follows.
-- Temporary tables only.

-- A deal is found by its id, or by a name that only one deal has. A row's day is its valid_from, else the export's;
-- beside rows of the deal with days one without comes first.
create or replace temp table arriving as
with named as (
    select lower(trim(version.deal_name)) as word, min(version.deal_id) as deal_id
    from deal_version as version
    where version.superseded_at is null and version.deal_name is not null
    group by lower(trim(version.deal_name))
    having count(distinct version.deal_id) = 1
),

known as (
    select distinct version.deal_id from deal_version as version where version.superseded_at is null
),

found as (
    select
        row.*,
        coalesce(by_id.deal_id, by_name.deal_id) as found_id,
        coalesce(person_by_id.target_id, person_by_email.target_id, person_by_name.target_id, row.person_ref) as member_id
    from read_parquet($path) as row
    left join known as by_id on row.deal = by_id.deal_id
    left join named as by_name on row.deal_key = by_name.word
    left join called as person_by_id
        on person_by_id.entity = 'person' and person_by_id.kind = 'id' and person_by_id.alias_key = row.person
    left join called as person_by_email
        on person_by_email.entity = 'person' and person_by_email.kind = 'email' and person_by_email.alias_key = row.person_key
    left join called as person_by_name
        on person_by_name.entity = 'person' and person_by_name.kind = 'name' and person_by_name.alias_key = row.person_key
),

dated as (
    select
        line, deal, person, person_key, share, found_id as deal_id, member_id,
        coalesce(
            valid_from,
            case
                when min(valid_from) over (partition by found_id) <= $exported_on::date
                    then min(valid_from) over (partition by found_id) - 1
                else $exported_on::date
            end
        ) as from_on
    from found
),

summed as (
    select
        dated.*,
        sum(share) over (partition by deal_id, from_on) as whole,
        count(*) over (partition by deal_id, from_on, member_id) as times
    from dated
),

judged as (
    select
        summed.*,
        case when times > 1 then 'twice' when abs(whole - 1) > 0.001 then 'whole' end as fault
    from summed
)

-- One split that does not add up spoils the others of its deal: what it told of the days before and after is lost.
select
    line, deal, person, person_key, share, deal_id, member_id, from_on,
    case
        when deal_id is null then 'unknown'
        else first_value(fault) over (partition by deal_id order by fault is null, from_on, line)
    end as fault,
    first_value(whole) over (partition by deal_id order by fault is null, from_on, line) as whole
from judged;

create or replace temp table dividing as
select deal_id, from_on, member_id as person_id, share from arriving where fault is null;

create or replace temp table redivided as
select deal_id, min(from_on) as from_on from dividing group by deal_id
