with deal_label as (
    select version.deal_id, coalesce(min(version.deal_name), version.deal_id) as label
    from deal_version as version
    where version.superseded_at is null and version.valid_to = date '9999-12-31'
    group by version.deal_id
),

person_label as (
    select person_id, person_name from person where superseded_at is null
    union
    select arriving.member_id, min(arriving.person) from arriving
    where arriving.member_id not in (select person.person_id from person where person.superseded_at is null)
    group by arriving.member_id
),

becoming as (
    select
        divided.deal_id, divided.from_on,
        string_agg(
            coalesce(named.person_name, divided.person_id) || ' '
            || rtrim(rtrim((divided.share * 100)::decimal(9, 2)::varchar, '0'), '.') || ' %',
            ', ' order by divided.share desc, divided.person_id
        ) as words
    from divided
    left join person_label as named on divided.person_id = named.person_id
    group by divided.deal_id, divided.from_on
),

was as (
    select
        spell.deal_id, spell.from_on,
        string_agg(
            coalesce(named.person_name, credit.person_id) || ' '
            || rtrim(rtrim((credit.share * 100)::decimal(9, 2)::varchar, '0'), '.') || ' %',
            ', ' order by credit.share desc, credit.person_id
        ) as words
    from dividing_spell as spell
    inner join deal_credit as credit
        on spell.deal_id = credit.deal_id and credit.superseded_at is null
        and credit.valid_from <= spell.from_on and spell.from_on < credit.valid_to
    left join person_label as named on credit.person_id = named.person_id
    group by spell.deal_id, spell.from_on
),

listed as (
    select
        case when spell.is_known then 'changed' else 'new' end as kind,
        coalesce(deal_label.label, spell.deal_id) as label,
        'share' as field,
        was.words as old,
        becoming.words || case when spell.is_known then ', from ' || spell.from_on::varchar else '' end as new
    from dividing_spell as spell
    inner join becoming on spell.deal_id = becoming.deal_id and spell.from_on = becoming.from_on
    left join was on spell.deal_id = was.deal_id and spell.from_on = was.from_on
    left join deal_label on spell.deal_id = deal_label.deal_id
    where not spell.is_known or not spell.is_same
)

select kind, label, field, old, new
from listed
qualify row_number() over (partition by kind order by label, field, new) <= 50
order by kind, label, field, new
