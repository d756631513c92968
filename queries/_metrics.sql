-- Every number the product shows is defined here, once:
--   name: Label | unit | which way is good | what it means
--   rivals: what others mean by the same name, parted by semicolons; more lines of rivals may follow
-- then the macro of that name. A rival that has a number of its own here names it, "words = other_name",
-- and Explain shows what it gives now; any other says what it would need, "words (needs something)".

-- ratio: Ratio | ratio | neither | a part of a whole, empty when the whole is nothing
--   rivals: 0 % or 100 % of nothing, as some tools show it (needs a whole of nothing to differ)
create or replace macro ratio(part, whole) as
    part::double / nullif(whole::double, 0);

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

-- quota_usd: Quota | usd | neither | the person's own quota for the full period, else the sum of the reports' quotas
--   rivals: the sum of the reports, even where the manager has an own quota = reports_quota_usd; quota to date (needs an expected path through the period)
create or replace macro quota_usd(own, of_reports) as
    coalesce(own, of_reports)::decimal(18, 2);

-- reports_quota_usd: Quotas of the reports | usd | neither | the sum of the reports' quotas, whatever the manager's own is
--   rivals: the manager's own quota, where there is one = quota_usd
create or replace macro reports_quota_usd(of_reports) as
    of_reports::decimal(18, 2);

-- attainment: Attainment | ratio | up | booked ÷ full-period quota, empty without a quota
--   rivals: mean of the executives' percentages = mean_attainment; booked ÷ quota to date, which is pace (needs an expected path through the period)
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

-- over_assignment: Over-assignment | ratio | neither | (sum of the reports' quotas − own quota) ÷ own quota
--   rivals: sum of the reports ÷ own quota = assigned_share
create or replace macro over_assignment(own, of_reports) as
    ratio(of_reports - own, own);

-- assigned_share: Assigned share | ratio | neither | sum of the reports' quotas ÷ own quota
--   rivals: only what is above the own quota = over_assignment
create or replace macro assigned_share(own, of_reports) as
    ratio(of_reports, own);
