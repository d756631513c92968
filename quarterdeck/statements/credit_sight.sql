-- Is the deal in sight, and is everybody whom a new split would take credit from?
with seen as (
    select person_id, seen_from, seen_to from seen_by($viewer_id, $viewer_role)
)

select
    exists (
        select 1
        from credits_at($as_of, 'amount', 'as_was', $as_of) as credit
        semi join seen on credit.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, credit.team_on)
        where credit.deal_id = $deal_id
    ),
    not exists (
        select 1
        from deal_credit as credit
        anti join seen on credit.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, $as_of)
        where credit.deal_id = $deal_id and credit.superseded_at is null and credit.valid_to > $from_on
    )
