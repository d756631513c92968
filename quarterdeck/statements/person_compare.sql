-- What a file of people would do. Temporary tables only.

create or replace temp table arriving as
with numbered as (
    select distinct target_id from called where entity = 'person' and kind = 'id'
)
select
    row.*,
    coalesce(by_id.target_id, by_email.target_id, by_name.target_id, row.person_ref) as member_id
from read_parquet($path) as row
left join called as by_id
    on by_id.entity = 'person' and by_id.kind = 'id' and by_id.alias_key = row.person_id
left join called as by_email
    on by_email.entity = 'person' and by_email.kind = 'email' and by_email.alias_key = row.email_key
left join called as by_name
    on by_name.entity = 'person' and by_name.kind = 'name' and by_name.alias_key = row.name_key
    and (row.person_id is null or by_name.target_id not in (select target_id from numbered));

-- A manager is somebody known, or somebody in the same file, or somebody new.
create or replace temp table managing as
with in_file as (
    select name_key as word, min(member_id) as member_id from arriving group by name_key
    union
    select email_key, min(member_id) from arriving group by email_key
    union
    select person_id, min(member_id) from arriving group by person_id
),

word_of as (
    select word, min(member_id) as member_id from in_file where word is not null group by word
)

select
    arriving.line, arriving.member_id, arriving.manager, arriving.manager_key,
    coalesce(by_id.target_id, by_email.target_id, by_name.target_id, raw.member_id, folded.member_id, arriving.manager_ref) as manager_id
from arriving
left join called as by_id
    on by_id.entity = 'person' and by_id.kind = 'id' and by_id.alias_key = arriving.manager
left join called as by_email
    on by_email.entity = 'person' and by_email.kind = 'email' and by_email.alias_key = arriving.manager_key
left join called as by_name
    on by_name.entity = 'person' and by_name.kind = 'name' and by_name.alias_key = arriving.manager_key
left join word_of as raw on arriving.manager = raw.word
left join word_of as folded on arriving.manager_key = folded.word
where arriving.manager_ref is not null;

create or replace temp table known as
select * from person where superseded_at is null;

create or replace temp table moving as
with becoming as (
    select
        row.member_id as person_id,
        coalesce(row.name, known.person_name, row.email, row.person_id) as person_name,
        case when list_contains($carried, 'email') then row.email else known.email end as email,
        case when list_contains($carried, 'region') then row.region else known.region end as region,
        case when list_contains($carried, 'hired_on') then row.hired_on else known.hired_on end as hired_on,
        case when list_contains($carried, 'left_on') then row.left_on else known.left_on end as left_on,
        case when list_contains($carried, 'base_zip') then row.base_zip else known.base_zip end as base_zip,
        -- Titles as files write them; one nobody knows leaves the role to who reports to whom.
        case
            when lower(trim(row.role)) in (
                'area_director', 'area director', 'regional director', 'area vice president', 'avp', 'rvp',
                'regional vice president', 'vp', 'vp sales', 'vice president', 'head of sales', 'cro', 'chief revenue officer'
            ) then 'area_director'
            when lower(trim(row.role)) in (
                'director', 'sales director', 'director of sales', 'director of enterprise sales', 'manager',
                'sales manager', 'regional manager', 'regional sales manager', 'team lead', 'team leader'
            ) then 'director'
            when lower(trim(row.role)) in (
                'operations', 'sales operations', 'sales ops', 'revenue operations', 'revops', 'operations analyst'
            ) then 'operations'
            when lower(trim(row.role)) in (
                'executive', 'sales executive', 'account executive', 'enterprise account executive', 'ae', 'rep',
                'sales rep', 'sales representative', 'account manager', 'seller', 'sales agent', 'salesperson'
            ) then 'executive'
        end as said_role,
        managing.manager_id
    from arriving as row
    left join known on row.member_id = known.person_id
    left join managing on row.line = managing.line
    qualify row_number() over (partition by row.member_id order by row.line desc) = 1
)

select
    becoming.*,
    line.manager_id as known_manager_id,
    role.role as known_role,
    case
        when known.person_id is null then 'new'
        when (becoming.person_name, becoming.email, becoming.region, becoming.hired_on, becoming.left_on, becoming.base_zip)
            is distinct from (known.person_name, known.email, known.region, known.hired_on, known.left_on, known.base_zip)
            or (list_contains($carried, 'manager') and becoming.manager_id is distinct from line.manager_id)
            or (becoming.said_role is not null and becoming.said_role is distinct from role.role)
            then 'changed'
        else 'unchanged'
    end as kind
from becoming
left join known on becoming.person_id = known.person_id
left join reporting_line as line
    on becoming.person_id = line.person_id and line.superseded_at is null
    and line.valid_from <= $exported_on and $exported_on < line.valid_to
left join person_role as role
    on becoming.person_id = role.person_id and role.superseded_at is null
    and role.valid_from <= $exported_on and $exported_on < role.valid_to
