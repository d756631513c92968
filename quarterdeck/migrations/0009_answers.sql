-- What whom a shared talk or score is about says to it: thing_id is that of the talk or the score.
create table coaching_answer (
    thing_id varchar not null, person_id varchar not null, answer varchar not null, answered_on date not null,
    recorded_at timestamp not null, superseded_at timestamp
);
