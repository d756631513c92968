-- Are an account and a deal in sight on a day, and with which account is the deal? An account is seen by whoever sees its
-- holder or a deal of it.
with seen as (
    select sight.person_id, sight.seen_from, sight.seen_to from seen_by($viewer_id, $viewer_role) as sight
),

credited as (
    select credit.deal_id, credit.account_id
    from credits_at($day::date, 'amount', 'as_was', $day::date) as credit
    semi join seen on credit.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, credit.team_on)
    where credit.deal_id = $deal_id::varchar or credit.account_id = $account_id::varchar
)

select
    exists (
        select 1
        from holdings_on($day::date) as held
        semi join seen on held.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, $day::date)
        where held.account_id = $account_id::varchar
    ) or exists (select 1 from credited where credited.account_id = $account_id::varchar),
    exists (select 1 from credited where credited.deal_id = $deal_id::varchar),
    (select min(credited.account_id) from credited where credited.deal_id = $deal_id::varchar)
