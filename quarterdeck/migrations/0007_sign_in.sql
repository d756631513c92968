-- Who signs in with which account of a provider. person_id '' is an owner of everything, whom the server's settings name.
create table identity (
    issuer varchar not null, subject varchar not null, person_id varchar not null, email varchar not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- Who is kept out although known, and who has a second role besides that of the day; nobody else has a row.
create table person_access (
    person_id varchar not null, is_open boolean not null, second_role varchar,
    recorded_at timestamp not null, superseded_at timestamp
);
-- Sign-ins that were ended by hand: a copy of their cookie opens nothing, after a restart neither.
create table ended_login (
    login_id varchar not null, recorded_at timestamp not null
);
-- A page with its filters under a name: the words of an address, never rows. owner_id '' is whoever owns the machine.
create table saved_view (
    view_id varchar not null, view_name varchar not null, owner_id varchar not null, page varchar not null,
    asked varchar not null, is_shared boolean not null, is_default boolean not null,
    recorded_at timestamp not null, superseded_at timestamp
);
