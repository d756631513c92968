-- Which of these deals nobody in the viewer's sight is credited with.
with wanted as (
    select distinct unnest($things::varchar[]) as deal_id
)

select wanted.deal_id
from wanted
where wanted.deal_id not in (
    select credit.deal_id
    from credits_of(
        $viewer_id, $viewer_role, $as_of, []::varchar[], []::varchar[], 'amount', 'as_was', $as_of
    ) as credit
)
order by wanted.deal_id
