-- Every number the product shows is defined here, once:
--   name: Label | unit | which way is good | what it means
--   rivals: what others mean by the same name, parted by semicolons; more lines of rivals may follow
-- then the macro of that name. A rival that has a number of its own here names it, "words = other_name",
-- and Explain shows what it gives now; any other says what it would need, "words (needs something)".

-- ratio: Ratio | ratio | neither | a part of a whole, empty when the whole is nothing
--   rivals: 0 % or 100 % of nothing, as some tools show it (needs a whole of nothing to differ)
create or replace macro ratio(part, whole) as
    part::double / nullif(whole::double, 0);

-- part_of_usd: Part of an amount | usd | neither | amount × part ÷ whole, half up to the cent; empty when the whole is nothing
--   rivals: cut to the cent (needs a rule for what is left over)
create or replace macro part_of_usd(amount, part, whole) as
    (
        sign(amount)::bigint * (
            -- In two steps, so that no product outgrows 64 bits.
            ((abs(amount) * 100)::bigint // nullif(whole, 0)) * part
            + ((2 * ((abs(amount) * 100)::bigint % nullif(whole, 0)) * part + whole) // nullif(2 * whole, 0))
        ) * 0.01::decimal(3, 2)
    )::decimal(18, 2);

-- won_deals: Won deals | count | up | deals won, each counted once
--   rivals: each line and each share counted by itself = won_credits; by signature date (needs a signature date)
create or replace macro won_deals(result) as
    count(*) filter (where result = 'won');

-- won_credits: Won credits | count | up | credits of deals won: each product line and each person's share counted by itself
--   rivals: each deal counted once = won_deals
create or replace macro won_credits(result) as
    count(*) filter (where result = 'won');

-- lost_deals: Lost deals | count | down | deals lost, each counted once
--   rivals: removed or merged deals counted as lost = lost_or_removed_deals
create or replace macro lost_deals(result) as
    count(*) filter (where result = 'lost');

-- lost_or_removed_deals: Lost or removed deals | count | down | deals lost or gone from the CRM, each counted once
--   rivals: lost deals alone = lost_deals
create or replace macro lost_or_removed_deals(result) as
    count(*) filter (where result in ('lost', 'removed'));

-- open_deals: Open deals | count | neither | deals neither won, lost nor removed
--   rivals: without those that have no amount or are past their close date = open_current_deals
create or replace macro open_deals(result) as
    count(*) filter (where result = 'open');

-- created_deals: Created deals | count | up | deals created in the period until the as-of day, whatever became of them but those removed
--   rivals: by the day they first stood in an export (needs an export of every day)
create or replace macro created_deals(result) as
    count(*) filter (where result <> 'removed');

-- created_usd: Created | usd | up | credited amount, as it is on the as-of day, of the deals created in the period, whatever became of them but those removed
--   rivals: at the amount each was created with (needs each deal's first amount)
create or replace macro created_usd(result, amount) as
    coalesce(sum(amount) filter (where result <> 'removed'), 0)::decimal(18, 2);

-- open_current_deals: Open and current deals | count | neither | open deals that have an amount and are not past their close date
--   rivals: all open deals = open_deals
create or replace macro open_current_deals(result, is_current) as
    count(*) filter (where result = 'open' and is_current);

-- booked_usd: Booked | usd | up | credited amount of deals won, by the day they closed
--   rivals: by the close date last forecast = booked_by_close_usd; by signature date (needs a signature date); by invoice date (needs invoices)
create or replace macro booked_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'won'), 0)::decimal(18, 2);

-- booked_by_close_usd: Booked by forecast close | usd | up | credited amount of deals won, by the close date last forecast
--   rivals: by the day they closed = booked_usd
create or replace macro booked_by_close_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'won'), 0)::decimal(18, 2);

-- lost_usd: Lost | usd | down | credited amount of deals lost, by the day they closed
--   rivals: without deals lost before a proposal (needs the stage at which each was lost)
create or replace macro lost_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'lost'), 0)::decimal(18, 2);

-- open_usd: Open | usd | up | amount of deals neither won, lost nor removed
--   rivals: only deals due in the period = open_due_usd; weighted by probability (needs a probability for each stage)
create or replace macro open_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'open'), 0)::decimal(18, 2);

-- expected_usd: Expected of open deals | usd | up | open amount × the share of deals won that had come to its stage in a year, drawn towards the share won of all by as much as five deals weigh
--   rivals: all of it = open_usd; at the probability that the file gives (needs a probability on each deal); at the manager's call (needs a call)
create or replace macro expected_usd(amount, won_there, decided_there, won_of_thousand) as
    part_of_usd(amount, won_there * 1000 + 5 * coalesce(won_of_thousand, 0), (decided_there + 5) * 1000);

-- open_due_usd: Open and due | usd | up | amount of open deals whose close date lies in the period
--   rivals: all open deals, whenever they are due = open_usd
create or replace macro open_due_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'open'), 0)::decimal(18, 2);

-- win_rate: Win rate | ratio | up | deals won ÷ (won + lost), closed in the period, each deal once
--   rivals: won ÷ all created in the period = win_rate_of_created; won ÷ all in the funnel = win_rate_of_funnel
--   rivals: won ÷ (won + lost) by amount = win_rate_by_amount; removed deals counted as lost (needs to know why each was removed)
create or replace macro win_rate(won, lost) as
    ratio(won, won + lost);

-- win_rate_of_created: Won of created | ratio | up | deals won in the period ÷ deals created in the period
--   rivals: won ÷ (won + lost) = win_rate; following each created deal to its end (needs the period to be long over)
create or replace macro win_rate_of_created(won, created) as
    ratio(won, created);

-- win_rate_of_funnel: Won of the funnel | ratio | up | deals won ÷ (won + lost + still open)
--   rivals: won ÷ (won + lost) = win_rate
create or replace macro win_rate_of_funnel(won, lost, still_open) as
    ratio(won, won + lost + still_open);

-- win_rate_by_amount: Win rate by amount | ratio | up | amount won ÷ amount won and lost, closed in the period
--   rivals: won ÷ (won + lost) by count = win_rate
create or replace macro win_rate_by_amount(won_amount, lost_amount) as
    ratio(won_amount, won_amount + lost_amount);

-- wilson_low: Likely from | ratio | neither | lower end of the 95 % Wilson interval of a share of counted things
--   rivals: the normal interval, which goes below 0 for small numbers (needs many more deals); beta-binomial (needs a prior)
create or replace macro wilson_low(part, whole) as
    case
        when part = 0 and whole > 0 then 0::double
        when whole > 0 then ratio(
            2 * part + 3.841458820694124::double
            - 1.959963984540054::double * sqrt(3.841458820694124::double + 4 * ratio(part * (whole - part), whole)),
            2 * (whole + 3.841458820694124::double)
        )
    end;

-- wilson_high: Likely to | ratio | neither | upper end of the 95 % Wilson interval of a share of counted things
--   rivals: the normal interval, which goes above 1 for small numbers (needs many more deals); beta-binomial (needs a prior)
create or replace macro wilson_high(part, whole) as
    case
        when part = whole and whole > 0 then 1::double
        when whole > 0 then ratio(
            2 * part + 3.841458820694124::double
            + 1.959963984540054::double * sqrt(3.841458820694124::double + 4 * ratio(part * (whole - part), whole)),
            2 * (whole + 3.841458820694124::double)
        )
    end;

-- sales_cycle_days: Sales cycle | days | down | median of the days from creation to closing, deals won in the period
--   rivals: mean, pulled up by a few old deals = mean_cycle_days; won and lost together (needs the creation day of lost deals); from first meeting to closing (needs activities)
create or replace macro sales_cycle_days(days) as
    quantile_cont(days::double, 0.5);

-- mean_cycle_days: Mean sales cycle | days | down | mean of the days from creation to closing, deals won in the period
--   rivals: the median = sales_cycle_days
create or replace macro mean_cycle_days(days) as
    avg(days::double);

-- stage_days: Days in stage | days | down | median of the days the open deals have stood in their stage
--   rivals: since creation (needs the creation day of each deal); what three of four won deals took = typical_days
create or replace macro stage_days(days) as
    quantile_cont(days::double, 0.5);

-- typical_days: Usual stay | days | neither | three of four won deals had left the stage by this day
--   rivals: a fixed number of days for every stage (needs somebody to fix it); the days of open deals so far = stage_days
create or replace macro typical_days(days) as
    quantile_cont(days::double, 0.75);

-- stalled_usd: Stalled | usd | down | open amount of deals longer in their stage than three of four won deals were; with fewer than 8 won deals at a stage, than all stages pooled
--   rivals: no activity for 30 days (needs activities); past the close date = overdue_usd; over a fixed number of days (needs somebody to fix it)
create or replace macro stalled_usd(stalled, amount) as
    coalesce(sum(amount) filter (where stalled), 0)::decimal(18, 2);

-- overdue_usd: Overdue | usd | down | open amount of deals whose expected close lies before the as-of day
--   rivals: only deals overdue by a month (needs the day each became overdue); stalled ones, whenever due = stalled_usd
create or replace macro overdue_usd(due, amount) as
    coalesce(sum(amount) filter (where due = 'overdue'), 0)::decimal(18, 2);

-- due_usd: Due in the period | usd | up | open amount of deals expected to close in the period and not overdue
--   rivals: overdue deals with a close date in the period counted too = open_due_usd; weighted by probability (needs a probability for each stage); all that is open = open_usd
create or replace macro due_usd(due, amount) as
    coalesce(sum(amount) filter (where due = 'in period'), 0)::decimal(18, 2);

-- conversion: Goes on | ratio | up | decided deals that went on past a stage ÷ (went on + lost at it), closed in the period; skipped stages are passed, open deals left out
--   rivals: ÷ all that entered, open ones too = conversion_of_entered; ÷ deals that stood in it on one day (needs the stage of every deal on that day)
create or replace macro conversion(passed, lost_here) as
    ratio(passed, passed + lost_here);

-- conversion_of_entered: Goes on, of all | ratio | up | deals past a stage, open or decided, ÷ all that entered it, still standing ones too
--   rivals: ÷ (went on + lost at it) = conversion
create or replace macro conversion_of_entered(passed, came) as
    ratio(passed, came);

-- quota_usd: Quota | usd | neither | month by month of the full period the person's own quota, else the sum of the reports' quotas; an own 0 is none
--   rivals: the sum of the reports, even where the manager has an own quota = reports_quota_usd; quota to date (needs an expected path through the period)
create or replace macro quota_usd(own, of_reports) as
    case when own > 0 or of_reports is null then own else of_reports end::decimal(18, 2);

-- reports_quota_usd: Quotas of the reports | usd | neither | the sum of the reports' quotas, whatever the manager's own is
--   rivals: the manager's own quota, where there is one = quota_usd
create or replace macro reports_quota_usd(of_reports) as
    of_reports::decimal(18, 2);

-- attainment: Attainment | ratio | up | booked ÷ full-period quota, empty without a quota
--   rivals: mean of the executives' percentages = mean_attainment; booked ÷ what is usually booked by this day = pace
create or replace macro attainment(won_usd, goal_usd) as
    ratio(won_usd, goal_usd);

-- mean_attainment: Mean attainment | ratio | up | mean of booked ÷ quota over those who have no reports, whatever the size of the quota
--   rivals: all that is booked ÷ the whole quota = attainment
create or replace macro mean_attainment(each_one) as
    avg(each_one::double);

-- gap_usd: Gap to quota | usd | down | quota − booked, 0 once it is met, empty without a quota
--   rivals: below zero when over quota = distance_usd; after subtracting what is committed (needs a commit call)
create or replace macro gap_usd(won_usd, goal_usd) as
    greatest(goal_usd - won_usd, 0)::decimal(18, 2);

-- distance_usd: Distance to quota | usd | down | quota − booked, below zero once it is exceeded
--   rivals: 0 once it is met = gap_usd
create or replace macro distance_usd(won_usd, goal_usd) as
    (goal_usd - won_usd)::decimal(18, 2);

-- coverage: Coverage | ratio | up | open credit due in the period ÷ what is left of the quota, empty once the quota is met or the period is over
--   rivals: ÷ the full quota = coverage_full; with overdue deals, or all that is open, above the line (needs somebody to say which of them still close); weighted by probability (needs a probability for each stage)
create or replace macro coverage(still_due_usd, left_usd) as
    ratio(still_due_usd, left_usd);

-- coverage_full: Coverage of the full quota | ratio | up | open credit due in the period ÷ the full quota, whatever is booked already
--   rivals: ÷ what is left of the quota = coverage
create or replace macro coverage_full(still_due_usd, goal_usd) as
    ratio(still_due_usd, goal_usd);

-- expected_share: Expected by now | ratio | neither | part of the quota that is usually booked by this evening: the median of up to eight earlier periods of the team, where at least four hold 24 won credits or more; else working days gone ÷ working days of the period
--   rivals: working days gone ÷ working days = working_share; calendar days gone ÷ calendar days = calendar_share
create or replace macro expected_share(part, whole) as
    ratio(part, whole);

-- working_share: Working days gone | ratio | neither | working days of the period until this evening ÷ all its working days
--   rivals: the team's own usual path = expected_share; calendar days = calendar_share
create or replace macro working_share(days_gone, days_in_all) as
    ratio(days_gone, days_in_all);

-- calendar_share: Calendar days gone | ratio | neither | days of the period until this evening ÷ all its days, weekends and holidays too
--   rivals: working days = working_share
create or replace macro calendar_share(first_day, last_day, day) as
    ratio(
        least(greatest(date_diff('day', first_day, day) + 1, 0), date_diff('day', first_day, last_day) + 1),
        date_diff('day', first_day, last_day) + 1
    );

-- pace_usd: Pace | usd | neither | quota × what is expected by now, half up to the cent
--   rivals: spread evenly over the working days (needs the quota × working_share); what was booked by this day a year ago (needs comparing with it)
create or replace macro pace_usd(goal_usd, part, whole) as
    part_of_usd(goal_usd, part, whole);

-- pace: To pace | ratio | up | booked ÷ pace: 100 % is on the usual path
--   rivals: booked ÷ the full quota = attainment
create or replace macro pace(won_usd, expected_usd) as
    ratio(won_usd, expected_usd);

-- pace_gap_usd: Against pace | usd | up | booked − pace: above zero is ahead
--   rivals: against the full quota = distance_usd
create or replace macro pace_gap_usd(won_usd, expected_usd) as
    (won_usd - expected_usd)::decimal(18, 2);

-- needed_usd: Needed a day | usd | down | gap to quota ÷ working days left, half up to the cent; empty when none is left
--   rivals: booked a day so far = booked_a_day_usd; ÷ calendar days left (needs selling at weekends)
create or replace macro needed_usd(left_usd, days_left) as
    part_of_usd(left_usd, 1, days_left);

-- booked_a_day_usd: Booked a day | usd | up | booked ÷ working days gone, half up to the cent
--   rivals: what each day left needs = needed_usd
create or replace macro booked_a_day_usd(won_usd, days_gone) as
    part_of_usd(won_usd, 1, days_gone);

-- today_usd: Today's objective | usd | neither | what the quota still needs on the evening before the as-of day ÷ working days then left, half up to the cent; empty on a day off, after the period and without a quota
--   rivals: what each day left needs once today is over = needed_usd; the year's quota ÷ its working days, whatever is booked (needs a year without seasons)
create or replace macro today_usd(goal_usd, won_before_usd, days_then_left, is_worked) as
    case when is_worked and goal_usd is not null then part_of_usd(greatest(goal_usd - won_before_usd, 0)::decimal(18, 2), 1, days_then_left) end;

-- booked_today_usd: Booked today | usd | up | credited amount of deals won on the as-of day
--   rivals: entered in the CRM on that day (needs the moment each deal was marked won)
create or replace macro booked_today_usd(result, is_of_today, amount) as
    coalesce(sum(amount) filter (where result = 'won' and is_of_today), 0)::decimal(18, 2);

-- done_share: Done | ratio | up | done in the running span ÷ the objective of the whole span
--   rivals: ÷ what is due by now, in working days (needs working_share of it)
create or replace macro done_share(done, aimed_at) as
    ratio(done, aimed_at);

-- linearity: Linearity | ratio | neither | booked in one fiscal month ÷ booked in the whole period so far
--   rivals: ÷ the quota of the period (needs a quota); cumulative to each month's end (needs adding them up)
create or replace macro linearity(of_month_usd, of_period_usd) as
    ratio(of_month_usd, of_period_usd);

-- unkept_share: Not kept up | ratio | down | open deals past their close date, without one, without an amount or longer in their stage than usual ÷ open deals
--   rivals: overdue ones alone (needs only the close dates); no activity for 30 days (needs activities)
create or replace macro unkept_share(unkept, open_in_all) as
    ratio(unkept, open_in_all);

-- over_assignment: Over-assignment | ratio | neither | (sum of the reports' quotas − own quota) ÷ own quota, of the months with an own one
--   rivals: sum of the reports ÷ own quota = assigned_share
create or replace macro over_assignment(own, of_reports) as
    ratio(of_reports - own, own);

-- over_assigned_usd: Over-assigned | usd | neither | sum of the reports' quotas − own quota, of the months with an own one; empty where that is not above zero
--   rivals: as a part of the own quota = over_assignment
create or replace macro over_assigned_usd(own, of_reports) as
    case when of_reports > own then of_reports - own end::decimal(18, 2);

-- used_up_usd: Used up | usd | down | what the reports together are behind the pace of their quotas, at most what these add beyond the own quota; empty without over-assignment
--   rivals: what they miss of their full quotas (needs the period to be over)
create or replace macro used_up_usd(won_usd, expected_of_reports_usd, own, of_reports) as
    case when of_reports > own then least(greatest(expected_of_reports_usd - won_usd, 0), of_reports - own) end::decimal(18, 2);

-- assigned_share: Assigned share | ratio | neither | sum of the reports' quotas ÷ own quota
--   rivals: only what is above the own quota = over_assignment
create or replace macro assigned_share(own, of_reports) as
    ratio(of_reports, own);

-- was_due_deals: Was due | count | neither | deals open and due in the period on the day compared with, or when first due later
--   rivals: open deals that are due in the period now (needs only the deals of the as-of day)
create or replace macro was_due_deals(became) as
    count(became);

-- was_due_usd: Amount that was due | usd | neither | credited amount, as it is now, of the deals open and due in the period on the day compared with, or when first due later
--   rivals: at the amounts of that day (needs each deal's former amount); what is due in the period now = due_usd
create or replace macro was_due_usd(became, amount) as
    coalesce(sum(amount) filter (where became is not null), 0)::decimal(18, 2);

-- slipped_deals: Slipped deals | count | down | deals open and due in the period on the day compared with, or when first due later, that are now open and due after it or on no date
--   rivals: those due again after they had slipped counted too = ever_slipped_deals; each push counted, within the period too = pushes
create or replace macro slipped_deals(became) as
    count(*) filter (where became = 'slipped');

-- ever_slipped_deals: Ever slipped deals | count | down | deals that slipped out of the period, those now due in it again counted too
--   rivals: only those that are still out = slipped_deals
create or replace macro ever_slipped_deals(slipped, came_back) as
    slipped + came_back;

-- slipped_usd: Slipped out of the period | usd | down | credited amount of open deals that were due in the period and are now due after it or on no date
--   rivals: overdue deals counted as slipped (needs the period to be over); at the amounts they had when they were due (needs each deal's former amount)
create or replace macro slipped_usd(became, amount) as
    coalesce(sum(amount) filter (where became = 'slipped'), 0)::decimal(18, 2);

-- slipped_share: Slipped of due | ratio | down | deals slipped out of the period ÷ all that were due in it
--   rivals: by amount = slipped_share_by_amount; ÷ those still open (needs the decided ones to be left out); slipped once and back again counted too (needs every change of a date)
create or replace macro slipped_share(slipped, due) as
    ratio(slipped, due);

-- slipped_share_by_amount: Slipped of due, by amount | ratio | down | amount slipped out of the period ÷ amount that was due in it
--   rivals: by count = slipped_share
create or replace macro slipped_share_by_amount(slipped_amount, due_amount) as
    ratio(slipped_amount, due_amount);

-- pushes: Pushes | count | down | times the close date of an open deal moved to a later day, between two states in a row that both have one
--   rivals: every change of the close date, to an earlier day too (needs to count what was pulled in); only pushes out of the period = slipped_deals
create or replace macro pushes(late_daysr) as
    count(late_daysr);

-- pushed_days: Days pushed | days | down | days by which all pushes of the close date moved it, those pulled in again not taken off
--   rivals: from the first close date to the last one (needs the first close date of each deal)
create or replace macro pushed_days(late_daysr) as
    sum(late_daysr)::double;

-- usual_pushed_days: Usual days pushed | days | down | median of the days pushed, over the open deals pushed at least once
--   rivals: over all open deals, those never pushed with 0 (needs nobody to have come without a history)
create or replace macro usual_pushed_days(days_of_each) as
    quantile_cont(days_of_each::double, 0.5);

-- move_days: Days before a move | days | down | median of the days the deals had stood in the stage that they left
--   rivals: of the deals still standing in it, so far = stage_days; what three of four won deals took = typical_days
create or replace macro move_days(days_before) as
    quantile_cont(days_before::double, 0.5);

-- stalled_share: Stalled of open | ratio | down | open deals longer in their stage than three of four won deals ÷ open deals whose days in the stage are known
--   rivals: by amount (needs an amount on every deal); deals whose days are not known counted as moving (needs their days)
create or replace macro stalled_share(stalled, timed) as
    ratio(stalled, timed);

-- cohort_win_rate: Win rate of a month | ratio | up | deals won ÷ (won + lost) of those created in one month, whenever they closed; still open and removed ones apart
--   rivals: of deals closed in the period, whenever created = win_rate; ÷ all created, open ones too = cohort_won_share
create or replace macro cohort_win_rate(won, lost) as
    ratio(won, won + lost);

-- cohort_won_share: Won of a month | ratio | up | deals won so far ÷ all deals created in one month
--   rivals: ÷ (won + lost) = cohort_win_rate; won in the period ÷ created in the period = win_rate_of_created
create or replace macro cohort_won_share(won, created) as
    ratio(won, created);

-- won_in_time: Won in time | ratio | up | deals of a month won within so many days of their creation ÷ all created in it, empty until the youngest is that old
--   rivals: won ÷ (won + lost), whatever the time = cohort_win_rate; as soon as the oldest is that old (needs to guess the rest)
create or replace macro won_in_time(won, created, is_old_enough) as
    case when is_old_enough then ratio(won, created) end;

-- moved_usd: What moved | usd | up | what the open pipeline gained or lost between two evenings; a deal comes once, by the first that fits (new, reopened, transfer in, pulled in), at the amount it ends with, and leaves once (removed, transfer out, won, lost, pushed out); a change of amount is booked before it leaves
--   rivals: changes of amount of what came in between apart (needs each state of the new deals); a move of a date as a loss of the deal (needs no close dates); what is open now alone = open_usd
create or replace macro moved_usd(amount) as
    coalesce(sum(amount), 0)::decimal(18, 2);

-- residual_usd: Residual | usd | neither | opening + all that moved − closing; 0.00, or the movements do not explain the change
--   rivals: a line for the rest, so that it always adds up (needs somebody to explain the rest)
create or replace macro residual_usd(first_usd, gained_usd, last_usd) as
    (first_usd + gained_usd - last_usd)::decimal(18, 2);

-- potential_usd: Potential | usd | up | what an account could bring in a year: as typed, else the median of at least five accounts alike, else what it brings now
--   rivals: only what is typed (needs a potential for every account); own revenue alone (needs nothing that is not sold yet)
create or replace macro potential_usd(amount) as
    coalesce(sum(amount), 0)::decimal(18, 2);

-- installed_mrr_usd: Installed MRR | usd | up | monthly recurring revenue of the services installed on the as-of day
--   rivals: with what is sold and not yet installed (needs order dates); booked ÷ 12 (needs contracts without an end)
create or replace macro installed_mrr_usd(amount) as
    coalesce(sum(amount), 0)::decimal(18, 2);

-- workload_visits: Workload | count | neither | visits a year: by kind of account, for open deals and for renewals within 12 months
--   rivals: accounts counted alike (needs all accounts to ask for the same); hours spent (needs the time of every activity)
create or replace macro workload_visits(by_account, by_deals, by_renewals) as
    (coalesce(by_account, 0) + coalesce(by_deals, 0) + coalesce(by_renewals, 0))::decimal(18, 2);

-- miles_between: Miles | count | down | miles along the surface of a sphere of 3,958.8 miles from base to account, one way (haversine; R. W. Sinnott, Sky and Telescope 68, 1984)
--   rivals: by road (needs a road map); in hours (needs a road map and traffic)
create or replace macro miles_between(from_latitude, from_longitude, to_latitude, to_longitude) as
    case
        when from_latitude is not null and from_longitude is not null and to_latitude is not null and to_longitude is not null
            then 7917.6::double * asin(sqrt(least(1::double, greatest(0::double,
                pow(sin(radians(to_latitude - from_latitude) * 0.5::double), 2)
                + cos(radians(from_latitude)) * cos(radians(to_latitude)) * pow(sin(radians(to_longitude - from_longitude) * 0.5::double), 2)
            ))))
    end;

-- balance_index: Index | ratio | neither | what somebody holds for each whole position filled ÷ what all hold for each: 100 % is an equal share
--   rivals: without regard to part time, leave and ramp (needs everyone to fill a whole position); a share of the total (needs the number of people to compare it with)
create or replace macro balance_index(own, own_filled, whole, whole_filled) as
    ratio(ratio(own, own_filled), ratio(whole, whole_filled));

-- composite_index: Composite | ratio | neither | mean of the six indexes by the weights settled; a measure nobody holds any of is left out
--   rivals: potential alone (needs potential to be all that matters); the worst of the six (needs every measure to weigh alike)
create or replace macro composite_index(indexes, weights) as
    ratio(indexes, weights);

-- spread: Spread | ratio | down | coefficient of variation of the indexes: population standard deviation ÷ mean
--   rivals: of a sample, n − 1 (needs the team to be a sample of a larger one); Gini = gini; largest ÷ smallest = largest_to_smallest
create or replace macro spread(index) as
    ratio(stddev_pop(index::double), avg(index::double));

-- gini: Gini | ratio | down | Gini coefficient of the indexes: 0 all alike, towards 1 one has it all (mean absolute difference ÷ twice the mean)
--   rivals: coefficient of variation = spread
create or replace macro gini(index, place, people) as
    ratio(2 * sum(index * place), nullif(max(people), 0) * nullif(sum(index), 0)) - ratio(max(people) + 1, max(people));

-- largest_to_smallest: Largest ÷ smallest | ratio | down | the largest index ÷ the smallest: how many times over
--   rivals: coefficient of variation = spread
create or replace macro largest_to_smallest(index) as
    ratio(max(index), min(index));

-- penetration: Penetration | ratio | up | accounts with something installed ÷ all accounts
--   rivals: installed lines ÷ all lines that could be (needs every line to fit every account); by revenue (needs each account's whole spending)
create or replace macro penetration(customers, accounts) as
    ratio(customers, accounts);

-- whitespace_usd: Whitespace | usd | up | what accounts without a product line could bring by it in a year, where no deal is open for it: the median of those of their size that have it, else of all who have it, of three at least
--   rivals: potential − what is installed = untapped_usd
create or replace macro whitespace_usd(amount) as
    coalesce(sum(amount), 0)::decimal(18, 2);

-- untapped_usd: Untapped potential | usd | up | potential − installed MRR × 12, where the potential is larger
--   rivals: by product line = whitespace_usd
create or replace macro untapped_usd(could, mrr) as
    coalesce(sum(greatest(could - coalesce(mrr, 0) * 12, 0)), 0)::decimal(18, 2);

-- activities: Activities | count | up | what was logged as done: calls, mails, meetings, visits and the like, each once, whatever came of it
--   rivals: meetings alone = meetings; only those that reached somebody (needs outcomes in the same words everywhere)
create or replace macro activities(logged) as
    count(logged);

-- meetings: Meetings | count | up | activities in which people met: meetings, demos, site visits and executive contacts
--   rivals: everything logged = activities; only those that were held (needs outcomes in the same words everywhere)
create or replace macro meetings(met) as
    count(case when met then 1 end);

-- meeting_share: Meetings of activities | ratio | up | meetings ÷ activities of twelve months
--   rivals: meetings ÷ calls made to get them (needs to know which call led to which meeting)
create or replace macro meeting_share(met, logged) as
    ratio(met, logged);

-- deals_per_meeting: Deals a meeting | ratio | up | deals created ÷ meetings, both of twelve months
--   rivals: meetings that a deal followed (needs to know which meeting led to which deal)
create or replace macro deals_per_meeting(created, met) as
    ratio(created, met);

-- won_of_created: Won of those created | ratio | up | deals created in twelve months and won by the as-of day ÷ deals created in them, those still open too
--   rivals: won ÷ (won + lost), whenever created = win_rate; won ÷ created, both in the period = win_rate_of_created; of those created in one month = cohort_won_share
create or replace macro won_of_created(won, created) as
    ratio(won, created);

-- quiet_deals: Quiet deals | count | down | open deals on which nothing was done for 30 days where the account is strategic, else 60, or as settled; from the day of creation at the soonest
--   rivals: longer in the stage than usual (needs the days in the stage); nothing done with their account = quiet_accounts
create or replace macro quiet_deals(quiet) as
    count(case when quiet then 1 end);

-- quiet_usd: Quiet | usd | down | open amount of quiet deals
--   rivals: longer in their stage than usual = stalled_usd; past the close date = overdue_usd
create or replace macro quiet_usd(quiet, amount) as
    coalesce(sum(case when quiet then amount end), 0)::decimal(18, 2);

-- quiet_accounts: Quiet accounts | count | down | accounts with an open deal with which nobody did anything for 30 days where they are strategic, else 60, or as settled
--   rivals: accounts without an open deal too (needs a reason to call them); only the holder's own activities count (needs nobody else to speak for the holder)
create or replace macro quiet_accounts(quiet) as
    count(case when quiet then 1 end);

-- stepless_deals: Without a next step | count | down | open deals whose next step is empty
--   rivals: next steps past their day (needs a day for each next step)
create or replace macro stepless_deals(stepless) as
    count(case when stepless then 1 end);

-- executive_coverage: Executive coverage | ratio | up | accounts with an executive contact in 180 days ÷ all of the kind
--   rivals: accounts where an executive is known (needs no talk with anyone)
create or replace macro executive_coverage(covered, of_kind) as
    ratio(covered, of_kind);

-- cadence_days: Contact cadence | days | down | median over the accounts of 180 ÷ the days with any activity in 180 days; without any, 180
--   rivals: the days since the last activity (needs no memory of those before)
create or replace macro cadence_days(each_days) as
    quantile_cont(each_days::double, 0.5);
