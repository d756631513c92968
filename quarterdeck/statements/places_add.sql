-- Where addresses lie that are new, or why they lie nowhere. All lists run in parallel.
insert into place (
    zip, city, state, county_fips, county_name, county_state, latitude, longitude, placed_by, unplaced_why, recorded_at
)
select
    unnest($zips::varchar[]), unnest($cities::varchar[]), unnest($states::varchar[]),
    unnest($county_fips::varchar[]), unnest($county_name::varchar[]), unnest($county_state::varchar[]),
    unnest($latitude::double[]), unnest($longitude::double[]),
    unnest($placed_by::varchar[]), unnest($unplaced_why::varchar[]), $at
