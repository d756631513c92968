"""Who coaches whom: plans, talks, actions, learning and praise, seen by exactly those two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from quarterdeck import catalog, clock
from quarterdeck.commands.coaching_plans import (
    Baseline,
    CoachAnswer,
    CoachClose,
    answer_plan,
    close_plan,
    write_plan,
)  # fmt: skip
from quarterdeck.commands.learning import (
    CoachConsent,
    CoachLearned,
    CoachLearning,
    CoachMentor,
    CoachScore,
    CoachStory,
    be_asked,
    consent,
    learn,
    score_skill,
    settle_learning,
    tell_story,
)  # fmt: skip
from quarterdeck.commands.persons import MergePeople, merge_people
from quarterdeck.commands.talks import (
    CoachAction,
    CoachDone,
    CoachRead,
    agree,
    log_talk,
    own_notes,
    settle_action,
)  # fmt: skip
from quarterdeck.commands.undoing import undo_change
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.refusal import Refused
from tests.canaries import DRAFTS_OF, fill, fill_uncoached
from tests.canaries import PRIVATE as PRIVATE_WORDS
from tests.coached import (
    ANA,
    BEN,
    DANA,
    FROZEN,
    HELD,
    OPS,
    OTHER,
    PRIVATE,
    RAY,
    draft_word,
    plan,
    private_word,
    talk,
)  # fmt: skip
from tests.conftest import TODAY, Once, asked, faults, hashes, rows_of

ASKED = (
    "action_items", "coaching_board", "coaching_deals", "coaching_facts", "coaching_open",
    "coaching_plans", "coaching_sessions", "learning_items", "skill_scores", "win_stories",
)  # fmt: skip

WORDS_OF_COACHING = (
    "Replies",
    "Goal",
    "Draft",
    "Shared",
    "Calls",
    "Price",
    "Saw",
    "Learns",
    "Won ",
    "Thinks",
)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))


@pytest.fixture
def team(engine: DuckDBEngine, once: Once) -> DuckDBEngine:
    return once(engine, fill_uncoached)


@pytest.fixture
def coached(engine: DuckDBEngine, once: Once) -> DuckDBEngine:
    return once(engine, fill)


def seen_by(engine: DuckDBEngine, scope: Scope, name: str = "coaching_plans", **chosen):
    return rows_of(engine, name, asked(engine, **chosen), scope=scope)


def test_a_draft_is_seen_by_who_leads_alone(team):
    write_plan(team, plan(), scope=DANA)
    assert [row["status"] for row in seen_by(team, DANA)] == ["draft"]
    for other in (ANA, BEN, RAY, OTHER, OPS, NOBODY):
        assert seen_by(team, other) == [], other


def test_a_shared_plan_is_seen_by_the_two_and_by_who_stands_above(team):
    write_plan(team, plan(is_shared=True), scope=DANA)
    assert [len(seen_by(team, one)) for one in (DANA, ANA, RAY)] == [1, 1, 1]
    assert [seen_by(team, one) for one in (BEN, OTHER, OPS)] == [[], [], []]


def test_the_executive_answers_and_what_is_changed_after_that_is_asked_anew(team):
    plan_id = write_plan(team, plan(is_shared=True), scope=DANA)
    answer_plan(team, CoachAnswer(plan_id, True, "Yes, and with Ben"), scope=ANA)
    (row,) = seen_by(team, DANA)
    assert (row["status"], row["answer"], row["is_accepted"]) == (
        "agreed",
        "Yes, and with Ben",
        True,
    )
    write_plan(team, plan(plan_id=plan_id, target=0.4, is_shared=True), scope=DANA)
    (row,) = seen_by(team, ANA)
    assert (row["status"], row["answer"], row["target"]) == ("shared", None, 0.4)


def test_nobody_else_answers_a_plan(team):
    plan_id = write_plan(team, plan(is_shared=True), scope=DANA)
    for other in (DANA, BEN, RAY, OTHER, OPS, NOBODY, OWNER):
        with pytest.raises(Refused):
            answer_plan(team, CoachAnswer(plan_id, True), scope=other)


def test_a_draft_is_answered_like_a_plan_that_is_not_there(team):
    plan_id = write_plan(team, plan(), scope=DANA)
    said = []
    for each in (plan_id, "no-plan"):
        with pytest.raises(Refused) as refused:
            answer_plan(team, CoachAnswer(each, True), scope=ANA)
        said.append(refused.value)
    assert said[0].what == said[1].what
    assert said[0].do == said[1].do


def test_the_baseline_is_frozen_when_the_plan_is_shared(team):
    plan_id = write_plan(team, plan(), scope=DANA)
    better = replace(FROZEN, baseline=0.3)
    write_plan(team, plan(plan_id=plan_id, frozen=better, is_shared=True), scope=DANA)
    later = plan(plan_id=plan_id, frozen=Baseline(0.01), measure="slip", is_shared=True)
    write_plan(team, later, scope=DANA)
    (row,) = seen_by(team, DANA)
    assert (row["baseline"], row["measure"], row["baseline_count"]) == (0.3, "win_rate", 24)


def test_every_version_of_a_plan_is_kept(team):
    plan_id = write_plan(team, plan(), scope=DANA)
    for goal in ("Second", "Third"):
        write_plan(team, plan(plan_id=plan_id, goal=goal), scope=DANA)
    with team.looking() as cursor:
        rows = cursor.execute("select goal from coaching_plan order by recorded_at").fetchall()
    assert [goal for (goal,) in rows] == [plan().goal, "Second", "Third"]


def test_a_plan_closes_with_its_outcome_and_stays(team):
    plan_id = write_plan(team, plan(is_shared=True), scope=DANA)
    with pytest.raises(Refused, match="what became of it"):
        close_plan(team, CoachClose(plan_id, ""), scope=DANA)
    close_plan(team, CoachClose(plan_id, "worked", "Asked earlier"), scope=DANA)
    (row,) = seen_by(team, ANA)
    assert (row["status"], row["outcome"], row["closed_on"]) == ("closed", "worked", TODAY)
    for change in (
        lambda: close_plan(team, CoachClose(plan_id, "did not"), scope=DANA),
        lambda: write_plan(team, plan(plan_id=plan_id), scope=DANA),
        lambda: answer_plan(team, CoachAnswer(plan_id, False), scope=ANA),
    ):
        with pytest.raises(Refused):
            change()


def test_before_the_day_it_closed_a_plan_was_still_running(team, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, "2026-11-02")
    plan_id = write_plan(team, plan(is_shared=True), scope=DANA)
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    close_plan(team, CoachClose(plan_id, "worked"), scope=DANA)
    (row,) = seen_by(team, DANA, as_of=date(2026, 11, 10))
    assert (row["status"], row["outcome"], row["closed_on"]) == ("agreed", None, None)
    assert seen_by(team, DANA, as_of=date(2026, 11, 1)) == []


def test_a_race_that_is_lost_shows_both(team):
    plan_id = write_plan(team, plan(), scope=DANA)
    seen = team.plan_version()
    write_plan(team, plan(plan_id=plan_id, goal="Second"), scope=DANA)
    with pytest.raises(Refused, match="Second"):
        write_plan(team, plan(plan_id=plan_id, goal="Third", seen=seen), scope=DANA)


@pytest.mark.parametrize("other", [ANA, BEN, RAY, OTHER, OPS, NOBODY])
def test_only_who_leads_writes_plans_talks_and_scores(team, other):
    for change in (
        lambda: write_plan(team, plan(), scope=other),
        lambda: log_talk(team, talk(), scope=other),
        lambda: score_skill(team, CoachScore("anapluz", "closing", 3, "saw it"), scope=other),
        lambda: own_notes(team, CoachRead("anapluz"), scope=other),
    ):
        with pytest.raises(Refused, match="lead this coaching"):
            change()


def test_an_area_director_leads_the_directors_alone(team):
    write_plan(team, plan("danfyqu", is_shared=True), scope=RAY)
    assert [row["person_id"] for row in seen_by(team, DANA)] == ["danfyqu"]
    with pytest.raises(Refused):
        write_plan(team, plan("colhyzi"), scope=RAY)


def test_private_notes_are_read_by_their_author_alone_and_each_reading_is_told(team):
    log_talk(team, talk(), scope=DANA)
    (note,) = own_notes(team, CoachRead("anapluz"), scope=DANA)
    assert note.note == f"anapluz {PRIVATE}"
    assert note.held_on == HELD
    assert own_notes(team, CoachRead("anapluz"), scope=OWNER) == []
    told = [row["command"] for row in seen_by(team, OWNER, "audit")]
    assert told.count("CoachRead") == 2


def test_no_text_of_anybody_stands_in_the_audit(coached):
    said = " ".join(row["payload"] for row in seen_by(coached, OWNER, "audit"))
    for word in (*WORDS_OF_COACHING, "one in four", "steps in writing"):
        assert word not in said, word


def test_no_question_reads_private_notes():
    for name in catalog.names():
        assert "private_note" not in catalog.load(name).sql, name
    assert "private_note" not in catalog.macros()


@pytest.mark.parametrize("name", ASKED)
def test_sales_operations_and_strangers_see_no_coaching(coached, name):
    assert seen_by(coached, OPS, name) == []
    assert seen_by(coached, NOBODY, name) == []
    theirs = {row["person_id"] for row in seen_by(coached, OTHER, name)}
    assert theirs <= {"noowexo", "cyqotra", "evebrux"}


@pytest.mark.parametrize("name", ASKED)
def test_an_executive_sees_what_is_shared_of_their_own_and_nothing_else(coached, name):
    rows = seen_by(coached, ANA, name)
    assert {row["person_id"] for row in rows} <= {"anapluz"}
    said = str(rows)
    for word in (draft_word("anapluz"), private_word("anapluz"), "zirgneb"):
        assert word not in said


def test_the_area_director_sees_neither_drafts_nor_what_is_not_shared(coached):
    for name in ASKED:
        said = str(seen_by(coached, RAY, name))
        for word in (*DRAFTS_OF, *PRIVATE_WORDS):
            assert word not in said, name
    assert {row["person_id"] for row in seen_by(coached, RAY)} >= {"anapluz", "cyqotra"}


def test_coaching_moves_no_number_of_another_page(team):
    before = team.data_version()
    write_plan(team, plan(is_shared=True), scope=DANA)
    log_talk(team, talk(), scope=DANA)
    assert team.data_version() == before


def test_actions_are_done_by_who_does_them_and_settled_by_the_two(team):
    action_id = agree(team, CoachAction("anapluz", "Call", "bengriz", due_on=HELD), scope=DANA)
    (row,) = seen_by(team, ANA, "action_items")
    assert (row["owner_name"], row["is_open"], row["is_overdue"]) == ("Bengriz", True, True)
    # Who does it reads it, and not whom it is about.
    (mine,) = seen_by(team, BEN, "action_items")
    assert (mine["what"], mine["person_id"], mine["person_name"]) == ("Call", "", None)
    settle_action(team, CoachDone(action_id, TODAY), scope=BEN)
    (row,) = seen_by(team, DANA, "action_items")
    assert (row["is_open"], row["done_on"]) == (False, TODAY)
    with pytest.raises(Refused):
        settle_action(team, CoachDone(action_id, None, is_dropped=True), scope=BEN)
    settle_action(team, CoachDone(action_id, None, is_dropped=True), scope=ANA)
    assert seen_by(team, DANA, "action_items") == []


def test_an_action_has_one_doer(team):
    for owner_id, owner_name in (("", ""), ("anapluz", "Pricing desk")):
        with pytest.raises(Refused, match="One name"):
            agree(team, CoachAction("anapluz", "Call", owner_id, owner_name), scope=DANA)
    with pytest.raises(Refused, match="no such person"):
        agree(team, CoachAction("anapluz", "Call", "hanvopt"), scope=DANA)


def test_a_deal_out_of_sight_is_not_named_in_an_action(team):
    with pytest.raises(Refused, match="no such deal"):
        agree(team, CoachAction("anapluz", "Call", "anapluz", deal_id="xyz"), scope=DANA)


def test_an_executive_adds_an_action_of_their_own(team):
    agree(team, CoachAction("anapluz", "Ask for a price", "", "Pricing desk"), scope=ANA)
    assert [row["owner_name"] for row in seen_by(team, DANA, "action_items")] == ["Pricing desk"]


def test_a_score_needs_evidence_and_the_newest_counts(team):
    with pytest.raises(Refused, match="stands on"):
        score_skill(team, CoachScore("anapluz", "closing", 2), scope=DANA)
    for score in (2, 4):
        score_skill(team, CoachScore("anapluz", "closing", score, "saw it", True), scope=DANA)
    newest = [row["score"] for row in seen_by(team, ANA, "skill_scores") if row["is_newest"]]
    assert newest == [4]


def test_learning_is_done_with_evidence_and_a_certificate_lapses(team, monkeypatch):
    item = CoachLearning("anapluz", "certification", "closing", "First level", due_on=HELD)
    item_id = learn(team, item, scope=DANA)
    assert seen_by(team, ANA, "learning_items")[0]["standing"] == "overdue"
    done = CoachLearned(item_id, HELD, HELD + timedelta(days=30), "No. 17")
    settle_learning(team, done, scope=ANA)
    (row,) = seen_by(team, DANA, "learning_items")
    assert (row["standing"], row["evidence"]) == ("lapses soon", "No. 17")
    assert seen_by(team, DANA, "learning_items", as_of=date(2027, 1, 31))[0]["standing"] == "lapsed"


def test_a_story_is_told_to_the_team_once_its_hero_agrees(team):
    story_id = tell_story(team, CoachStory("anapluz", "closing", "Asked for the date"), scope=DANA)
    assert seen_by(team, BEN, "win_stories") == []
    with pytest.raises(Refused, match="about"):
        consent(team, CoachConsent(story_id, True), scope=DANA)
    consent(team, CoachConsent(story_id, True), scope=ANA)
    (row,) = seen_by(team, BEN, "win_stories")
    assert (row["person_id"], row["story"], row["deal_id"]) == (
        "anapluz",
        "Asked for the date",
        None,
    )
    assert seen_by(team, Scope("cyqotra", "executive"), "win_stories") == []
    consent(team, CoachConsent(story_id, False), scope=ANA)
    assert seen_by(team, BEN, "win_stories") == []


def test_a_mentor_is_asked_only_who_is_willing(team):
    item = CoachLearning("anapluz", "mentoring", "closing", "With Ben", mentor_id="bengriz")
    with pytest.raises(Refused, match="willing"):
        learn(team, item, scope=DANA)
    be_asked(team, CoachMentor("closing", True), scope=BEN)
    learn(team, item, scope=DANA)
    assert seen_by(team, DANA, "learning_items")[0]["mentor_name"] == "Bengriz"
    assert [row["kind"] for row in seen_by(team, ANA, "win_stories")] == ["mentor"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"skill": "charm"}, "no skill"),
        ({"measure": "charm"}, "measures nothing"),
        ({"review_on": date(2026, 11, 2)}, "before the plan"),
        ({"target": float("nan")}, "no target"),
        ({"goal": " \u200b "}, "Goal is empty"),
        ({"reality": "x" * 20_001}, "too long"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(team, said, fault):
    before = hashes(team)
    with pytest.raises(Refused, match=fault):
        write_plan(team, plan(**said), scope=DANA)
    assert hashes(team) == before


def test_twenty_thousand_letters_of_markdown_and_formulas_are_kept_as_they_are(team):
    words = ("=cmd|' /C calc'!A0 ![x](http://a.example/x.png) <b>*no*</b>\n" * 400)[:20_000].strip()
    log_talk(team, talk(notes=words), scope=DANA)
    assert seen_by(team, ANA, "coaching_sessions")[0]["notes"] == words


def test_a_talk_to_come_is_not_held_yet(team):
    with pytest.raises(Refused, match="once it was held"):
        log_talk(team, talk(held_on=TODAY + timedelta(days=1)), scope=DANA)
    with pytest.raises(Refused, match="before this one"):
        log_talk(team, talk(next_on=HELD), scope=DANA)


def test_the_board_says_with_whom_a_talk_is_due(coached):
    rows = {row["person_id"]: row for row in seen_by(coached, DANA, "coaching_board")}
    assert rows["anapluz"]["talks"] == 2
    assert rows["anapluz"]["minutes"] == 90
    assert rows["anapluz"]["quiet_days"] == (TODAY - HELD).days
    assert rows["anapluz"]["open_actions"] == 2
    assert rows["anapluz"]["plans"] == 1


def test_two_names_of_one_are_coached_as_one_and_apart_again(coached):
    before = hashes(coached)
    audit_id = merge_people(coached, MergePeople("anapluz", "bengriz"), scope=OWNER)
    assert faults(coached) == []
    assert len(seen_by(coached, ANA, "coaching_plans")) == 2
    undo_change(coached, _newest(coached), scope=OWNER)
    assert hashes(coached) == before, audit_id


def _newest(engine: DuckDBEngine) -> int:
    return max(row["audit_id"] for row in rows_of(engine, "setting_changes", asked(engine)))


def test_what_is_coached_makes_no_realignment_look_outdated(team):
    def since():
        rows = rows_of(team, "scenarios", asked(team), scope=DANA)
        return [row["changes_since"] for row in rows if row["is_own"]]

    before = since()
    log_talk(team, talk(), scope=DANA)
    assert since() == before
