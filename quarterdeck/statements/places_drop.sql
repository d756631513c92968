-- No address is written so any more. $zips, $cities and $states run in parallel.
update place set superseded_at = $at
where superseded_at is null
  and (zip, city, state) in (
      select (leaving.zip, leaving.city, leaving.state)
      from (
          select unnest($zips::varchar[]) as zip, unnest($cities::varchar[]) as city, unnest($states::varchar[]) as state
      ) as leaving
  )
