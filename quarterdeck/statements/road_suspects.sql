-- The records that Python should look at, all that it may leave out among them, and the last ones.
with suspect as (
    select rowid as place from told where may_be_total(coalesce(*columns(*)))
    union
    -- Two cells or fewer: at least two of any four are blank then.
    select dense.place
    from (
        select
            rowid as place, columns([$first_dense]) as first, columns([$second_dense]) as second,
            columns([$third_dense]) as third, columns([$fourth_dense]) as fourth
        from told
    ) as dense
    where is_blank(dense.first)::integer + is_blank(dense.second)::integer + is_blank(dense.third)::integer
        + is_blank(dense.fourth)::integer >= 2
    union
    select rowid from told where list_contains($deleted::varchar[], columns([$mark]))
    union
    select deals.place
    from deals
    where may_be_nothing(deals.deal_id, $nothings)
      and may_be_nothing(deals.deal_name, $nothings)
      and may_be_nothing(deals.account, $nothings)
      and may_be_nothing(deals.account_id, $nothings)
    union
    select deals.place
    from deals
    where list_contains($headers::varchar[], coalesce(deals.stage, deals.status, deals.is_won, deals.is_closed))
       or (
           (deals.stage is null or list_contains($missing::varchar[], deals.stage))
           and (deals.status is null or list_contains($missing::varchar[], deals.status))
           and (deals.is_won is null or list_contains($missing::varchar[], deals.is_won))
           and (deals.is_closed is null or list_contains($missing::varchar[], deals.is_closed))
       )
    union
    select rowid from told where rowid >= $count - 200
)

select told.rowid, told.*
from told
where told.rowid in (select suspect.place from suspect)
order by told.rowid
limit $most
