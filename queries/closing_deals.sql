-- question: Which open deals would close the gap?
-- grain: deal_id
-- columns:
--   deal_id          text     open, due in the period and not overdue: what coverage counts
--   deal_name        text?
--   account_name     text?
--   person_name      text?    everyone credited, by name
--   product_line     text?    all of them, by name
--   stage            text     '' without one
--   open_usd         usd?     credited amount, empty where the deal has none
--   running_usd      usd      with all before it: nearest to signing first, then the largest
--   close_on         date     expected
--   days_in_stage    count?   empty where nothing shows when it came
--   typical_days     days?    three of four won deals had left the stage by then
--   is_stalled       flag
--   pushes           count    how often its close date was moved to a later day
--   next_step        text?
--   touched_on       date?    day of the last activity on it, until the as-of day
--   deals_in_all     count    deals of the whole answer, whichever page is shown
--   usd_in_all_usd   usd      their amount

with due as (
    select credit.deal_id, credit.pipeline, coalesce(credit.stage_name, '') as stage_name, credit.credit_usd
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    where credit.outcome = 'open'
      and due_by(credit.close_on, $as_of, $from_on, $to_on) = 'in period'
),

found as (
    select
        due.deal_id,
        coalesce(max(place.position), 0) as position,
        sum(due.credit_usd)::decimal(18, 2) as open_usd
    from due
    left join stages_known() as place
        on due.pipeline = place.pipeline and due.stage_name = place.stage_name and place.outcome = 'open'
    group by due.deal_id
),

ordered as (
    select
        found.deal_id, found.open_usd,
        row_number() over (order by found.position desc, coalesce(found.open_usd, 0) desc, found.deal_id) as place,
        count(*) over () as deals_in_all,
        (select open_due_usd('open', due.credit_usd) from due) as usd_in_all_usd
    from found
),

page as (
    select
        ordered.*,
        coalesce(sum(ordered.open_usd) over (order by ordered.place rows between unbounded preceding and current row), 0)::decimal(18, 2)
            as running_usd
    from ordered
    order by ordered.place
    limit $rows_shown offset $rows_before
),

shown as (
    select credit.*, account.account_name, member.person_name
    from open_credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $from_on, $to_on,
        $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
    semi join page on credit.deal_id = page.deal_id
    left join accounts_at($as_of) as account on credit.account_id = account.account_id
    left join person as member on credit.person_id = member.person_id and member.superseded_at is null
),

steps as (
    select
        past.deal_id,
        late_daysr(
            lag(past.outcome) over (partition by past.deal_id order by past.valid_from),
            lag(past.close_on) over (partition by past.deal_id order by past.valid_from),
            past.outcome, past.close_on
        ) as late_daysr
    from deal_history($as_of) as past
    semi join page on past.deal_id = page.deal_id
),

pushed as (
    select steps.deal_id, pushes(steps.late_daysr) as pushes
    from steps
    group by steps.deal_id
),

touched as (
    select done.deal_id, max(done.happened_at::date) as touched_on
    from activity as done
    semi join page on done.deal_id = page.deal_id
    where done.superseded_at is null and done.happened_at::date <= $as_of
    group by done.deal_id
)

select
    page.deal_id,
    min(shown.deal_name) as deal_name,
    min(shown.account_name) as account_name,
    string_agg(distinct shown.person_name, ', ' order by shown.person_name) as person_name,
    string_agg(distinct shown.product_line, ', ' order by shown.product_line) as product_line,
    min(coalesce(shown.stage_name, '')) as stage,
    page.open_usd,
    page.running_usd,
    min(shown.close_on) as close_on,
    min(shown.days_in_stage) as days_in_stage,
    min(shown.typical_days) as typical_days,
    bool_or(shown.is_stalled) as is_stalled,
    coalesce(min(pushed.pushes), 0) as pushes,
    min(shown.next_step) as next_step,
    min(touched.touched_on) as touched_on,
    page.deals_in_all,
    page.usd_in_all_usd
from page
inner join shown on page.deal_id = shown.deal_id
left join pushed on page.deal_id = pushed.deal_id
left join touched on page.deal_id = touched.deal_id
group by page.deal_id, page.place, page.open_usd, page.running_usd, page.deals_in_all, page.usd_in_all_usd
order by page.place, page.deal_id
