-- Where each address in use lies, worked out from the shipped table of ZIPs whenever an address changes: the words as
-- accounts and people hold them ('' for none), or why they lie nowhere.
create table place (
    zip varchar not null, city varchar not null, state varchar not null,
    county_fips varchar, county_name varchar, county_state varchar, latitude double, longitude double,
    placed_by varchar, unplaced_why varchar,
    recorded_at timestamp not null, superseded_at timestamp
);
-- A realignment on trial: nothing of it is true before it is published. director_id '' is the owner of everything;
-- built_on and built_version say which day and which data it was last looked at with.
create table scenario (
    scenario_id varchar not null, scenario_name varchar not null, director_id varchar not null, status varchar not null,
    is_shared boolean not null, effective_on date not null, credit_rule varchar not null, split_until_on date,
    quota_rule varchar not null, built_on date not null, built_version bigint not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- An account goes to a module (kind 'account') or to somebody who has none yet ('person'), a module to somebody ('module');
-- from_id is who held it when that was planned.
create table scenario_move (
    scenario_id varchar not null, kind varchar not null, thing_id varchar not null, target_id varchar not null,
    from_id varchar not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- What a realignment must keep to: an account stays ('lock'), goes to somebody ('pin') or never does ('forbid').
create table scenario_rule (
    scenario_id varchar not null, rule varchar not null, account_id varchar not null, person_id varchar not null,
    reason varchar not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- Open deals that are credited otherwise than the scenario's rule says.
create table scenario_deal (
    scenario_id varchar not null, deal_id varchar not null, credit_rule varchar not null,
    recorded_at timestamp not null, superseded_at timestamp
);
