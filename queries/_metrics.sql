-- Every number the product shows is defined here, once:
--   name: Label | unit | which way is good | what it means
--   rivals: what other tools call by the same name

-- ratio: Ratio | ratio | neither | a part of a whole, empty when the whole is nothing
--   rivals: some tools show 0 % or 100 % of nothing
create or replace macro ratio(part, whole) as
    part::double / nullif(whole::double, 0);

-- won_deals: Won deals | count | up | deals won, each counted once
--   rivals: counting opportunity lines; counting by signature date
create or replace macro won_deals(result) as
    count(*) filter (where result = 'won');

-- lost_deals: Lost deals | count | down | deals lost, each counted once
--   rivals: counting removed or merged deals as lost
create or replace macro lost_deals(result) as
    count(*) filter (where result = 'lost');

-- open_deals: Open deals | count | neither | deals neither won, lost nor removed
--   rivals: leaving out deals without an amount or past their close date
create or replace macro open_deals(result) as
    count(*) filter (where result = 'open');

-- booked_usd: Booked | usd | up | credited amount of deals won, by the day they closed
--   rivals: by close month as forecast; by signature date; by invoice date
create or replace macro booked_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'won'), 0)::decimal(18, 2);

-- lost_usd: Lost | usd | down | credited amount of deals lost, by the day they closed
--   rivals: leaving out deals lost before a proposal
create or replace macro lost_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'lost'), 0)::decimal(18, 2);

-- open_usd: Open | usd | up | amount of deals neither won, lost nor removed
--   rivals: weighted by probability; only deals due in the period
create or replace macro open_usd(result, amount) as
    coalesce(sum(amount) filter (where result = 'open'), 0)::decimal(18, 2);

-- quota_usd: Quota | usd | neither | the person's own quota for the full period, else the sum of the reports' quotas
--   rivals: quota to date; the sum of the reports even where the manager has an own quota
create or replace macro quota_usd(own, of_reports) as
    coalesce(own, of_reports)::decimal(18, 2);

-- attainment: Attainment | ratio | up | booked ÷ full-period quota, empty without a quota
--   rivals: booked ÷ quota to date (that is pace); mean of the executives' percentages
create or replace macro attainment(won_usd, goal_usd) as
    ratio(won_usd, goal_usd);

-- gap_usd: Gap to quota | usd | down | quota − booked, 0 once it is met, empty without a quota
--   rivals: negative when over quota; after subtracting commit
create or replace macro gap_usd(won_usd, goal_usd) as
    greatest(goal_usd - won_usd, 0)::decimal(18, 2);

-- over_assignment: Over-assignment | ratio | neither | (sum of the reports' quotas − own quota) ÷ own quota
--   rivals: sum of the reports ÷ own quota
create or replace macro over_assignment(own, of_reports) as
    ratio(of_reports - own, own);
