-- Books of accounts with both their links dated, what is installed, who is known, what was done,
-- and what money of another currency is worth.

create table module (
    module_id varchar not null, module_name varchar not null,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table module_account (
    account_id varchar not null, module_id varchar not null, valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table module_owner (
    module_id varchar not null, person_id varchar not null, valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table service (
    service_id varchar not null, valid_from date not null, valid_to date not null,
    account_id varchar, product_id varchar, mrr_usd decimal(18, 2), nrc_usd decimal(18, 2),
    activated_on date, term_months bigint, renewal_on date, disconnected_on date,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table contact (
    contact_id varchar not null, account_id varchar, contact_name varchar not null,
    role varchar, email varchar, influence varchar,
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
create table activity (
    activity_id varchar not null, kind varchar not null, person_id varchar, account_id varchar, deal_id varchar,
    happened_at timestamp not null, outcome varchar, subject varchar, place varchar, miles decimal(18, 1),
    batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
-- rate: so many of the reporting currency for one of this, on these days.
create table exchange_rate (
    currency varchar not null, rate decimal(18, 8) not null, valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
