-- Coaching. Rows are versions by recorded_at alone: what was said is written again, whole, whenever it changes.
-- author_id '' is the owner of everything. Texts stand here and nowhere else: never in the audit.

-- What is agreed to be done: concerning somebody's book, by one of us (owner_id) or by somebody outside sales (owner_name).
create table action_item (
    action_id varchar not null, person_id varchar not null, author_id varchar not null, what varchar not null,
    owner_id varchar not null, owner_name varchar not null, deal_id varchar, account_id varchar,
    agreed_on date not null, due_on date, done_on date, is_dropped boolean not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- The baseline is frozen when the plan starts: later knowledge never changes it. status: draft, shared, agreed or closed.
create table coaching_plan (
    plan_id varchar not null, person_id varchar not null, author_id varchar not null, status varchar not null,
    skill varchar not null, measure varchar not null,
    goal varchar not null, reality varchar not null, choices varchar not null, way_forward varchar not null,
    baseline double, baseline_low double, baseline_high double, baseline_count bigint,
    baseline_from_on date, baseline_to_on date, target double,
    written_on date not null, starts_on date not null, review_on date not null,
    answer varchar, is_accepted boolean, answered_on date,
    outcome varchar, outcome_words varchar, closed_on date,
    recorded_at timestamp not null, superseded_at timestamp
);
-- A talk between two that was held; its notes are shared with who was coached once is_shared.
create table coaching_session (
    session_id varchar not null, person_id varchar not null, author_id varchar not null,
    held_on date not null, minutes bigint not null, notes varchar not null, is_shared boolean not null, next_on date,
    recorded_at timestamp not null, superseded_at timestamp
);
-- What only its author reads, and each reading is told in the audit. No question of queries/ names this table.
create table private_note (
    session_id varchar not null, person_id varchar not null, author_id varchar not null, note varchar not null,
    held_on date not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- How the director sees a skill, 1 to 5, and why.
create table skill_score (
    score_id varchar not null, person_id varchar not null, skill varchar not null, author_id varchar not null, score bigint not null,
    evidence varchar not null, is_shared boolean not null, scored_on date not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- kind: course, reading, ride-along, shadowing, certification or mentoring; a certificate lapses on renew_on.
create table learning_item (
    item_id varchar not null, person_id varchar not null, author_id varchar not null, kind varchar not null,
    title varchar not null, skill varchar not null, mentor_id varchar, due_on date, done_on date, renew_on date,
    evidence varchar not null, is_dropped boolean not null, added_on date not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- Who did something well, told to the team only where has_consent says that they agree.
create table win_story (
    story_id varchar not null, person_id varchar not null, author_id varchar not null, skill varchar not null,
    deal_id varchar, story varchar not null, happened_on date not null, has_consent boolean not null,
    recorded_at timestamp not null, superseded_at timestamp
);
-- Who is willing to be asked about a skill by the others.
create table mentor (
    person_id varchar not null, skill varchar not null, is_willing boolean not null,
    recorded_at timestamp not null, superseded_at timestamp
);
