-- How much of a whole position somebody fills, for dates: a leave, part time, or a ramp of their own; what nobody said
-- is 1. Shares of several kinds on one day are multiplied.
create table person_capacity (
    person_id varchar not null, kind varchar not null, share decimal(9, 6) not null,
    valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
-- What somebody sets out to do each day, week, month, quarter or year: a number of activities of a kind, or an amount of
-- new pipeline.
create table objective (
    person_id varchar not null, kind varchar not null, every varchar not null, target decimal(18, 2) not null,
    valid_from date not null, valid_to date not null,
    origin varchar not null, batch_id varchar, recorded_at timestamp not null, superseded_at timestamp
);
