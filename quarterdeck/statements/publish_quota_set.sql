-- Quotas that follow a realignment. A first one of a month and line holds from the day too: history stays as it was.
-- quota_shift follows.
create or replace temp table moving as
select
    unnest($people::varchar[]) as person_id, unnest($months::date[]) as month_on, unnest($product_lines::varchar[]) as product_line,
    unnest($bases::varchar[]) as basis, (unnest($cents::bigint[]) * 0.01)::decimal(18, 2) as quota_usd,
    date '9999-12-31' as until_on, 'changed' as kind
