-- Every fact has two kinds of time: when it was true (valid_from, valid_to; half-open days,
-- 9999-12-31 = still) and when we learned it (recorded_at, by the import batch_id or a command).
-- A row is never changed but for superseded_at; the *_at macros read the rows without one.
-- No foreign keys: they refuse deleting parent and child in one transaction; `verify` checks.

create table person (
    person_id varchar not null, person_name varchar not null, kind varchar not null,
    email varchar, region varchar, hired_on date, left_on date, base_zip varchar,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table person_role (
    person_id varchar not null, role varchar not null, valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table reporting_line (
    person_id varchar not null, manager_id varchar not null, valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
-- The closure of reporting_line, kept by the same commands, so that no question recurses.
create table report_path (
    ancestor_id varchar not null, person_id varchar not null, depth integer not null,
    valid_from date not null, valid_to date not null,
    recorded_at timestamp not null, superseded_at timestamp
);
create table alias (
    entity varchar not null, kind varchar not null, alias_key varchar not null, target_id varchar not null,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table product (
    product_id varchar not null, product_name varchar not null, product_line varchar,
    is_recurring boolean, list_price_usd decimal(18, 2),
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table stage (
    pipeline varchar not null, stage_name varchar not null, position integer not null, outcome varchar not null,
    forecast_category varchar, probability double, skill varchar,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table account_version (
    account_id varchar not null, valid_from date not null, valid_to date not null,
    account_name varchar not null, parent_id varchar, industry varchar, segment varchar,
    is_strategic boolean, owner_id varchar, street varchar, city varchar, state varchar, zip varchar,
    phone varchar, website varchar, employees bigint, revenue_usd decimal(18, 2),
    potential_usd decimal(18, 2), module varchar,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table deal_version (
    deal_id varchar not null, valid_from date not null, valid_to date not null,
    deal_name varchar, owner_id varchar, credited_id varchar, account_id varchar,
    stage_name varchar, pipeline varchar not null, outcome varchar not null, forecast_category varchar,
    created_on date, stage_entered_on date, close_on date, closed_on date,
    amount decimal(18, 2), currency varchar, amount_usd decimal(18, 2),
    mrr_usd decimal(18, 2), nrc_usd decimal(18, 2), term_months bigint,
    product_id varchar, product_line varchar, channel varchar, partner varchar, deal_type varchar,
    lead_source varchar, next_step varchar, probability double, loss_reason varchar,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table deal_line (
    deal_id varchar not null, product_id varchar not null, valid_from date not null, valid_to date not null,
    amount_usd decimal(18, 2) not null, list_usd decimal(18, 2),
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table deal_credit (
    deal_id varchar not null, person_id varchar not null, share decimal(9, 6) not null,
    valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
-- month_on is the first day of a fiscal_period; product_line '' = all lines together.
create table quota (
    person_id varchar not null, month_on date not null, product_line varchar not null, basis varchar not null,
    quota_usd decimal(18, 2) not null, valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table fiscal_period (
    calendar_id varchar not null, month_on date not null, to_on date not null,
    quarter integer not null, fiscal_year integer not null,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table setting (
    name varchar not null, value varchar not null,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table import_batch (
    batch_id varchar not null, entity varchar not null, file_name varchar not null, sha256 varchar not null,
    size_bytes bigint not null, exported_on date not null, extent varchar not null, actor varchar not null,
    rows_good bigint not null, new_rows bigint not null, changed_rows bigint not null,
    committed_at timestamp not null, undone_at timestamp, report json not null
);
create sequence audit_seq;
create table audit_log (
    audit_id bigint primary key default nextval('audit_seq'), happened_at timestamp not null,
    actor varchar not null, command varchar not null, payload json not null
);

-- Until settings say otherwise the fiscal year is the calendar year.
insert into fiscal_period (calendar_id, month_on, to_on, quarter, fiscal_year, recorded_at)
select
    'default', month_on::date, (month_on + interval 1 month - interval 1 day)::date,
    (month(month_on) + 2) // 3, year(month_on), timestamp '2000-01-01'
from generate_series(timestamp '1990-01-01', timestamp '2060-12-01', interval 1 month) as months (month_on);
