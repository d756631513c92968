"""What was coached goes when it is past its time, for good, and nothing else goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck import clock
from quarterdeck.commands import retaining
from quarterdeck.commands.coaching_plans import Baseline, CoachClose, close_plan, write_plan
from quarterdeck.commands.learning import CoachLearned, CoachLearning, learn, settle_learning
from quarterdeck.commands.retaining import CoachForget, due, forget_past, last_days
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.commands.talks import CoachAction, agree, log_talk
from quarterdeck.domain.thresholds import KEPT
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from quarterdeck.ui.sections import PAGES
from tests.canaries import fill_uncoached
from tests.coached import DANA, plan, talk
from tests.conftest import TODAY, Once, asked, faults, hashes, rows_of
from tests.test_pages import opened, told

OLD = date(2024, 1, 10)


@pytest.fixture
def team(engine: DuckDBEngine, once: Once, monkeypatch: pytest.MonkeyPatch) -> DuckDBEngine:
    monkeypatch.setattr(retaining, "_looked", {})
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    return once(engine, fill_uncoached)


def keep(engine: DuckDBEngine, name: str, months: int) -> dict[str, str]:
    change_setting(engine, ChangeSetting(name, str(months)), scope=OWNER)
    return {name: str(months)}


def talks(engine: DuckDBEngine) -> list[date]:
    return [row["held_on"] for row in rows_of(engine, "coaching_sessions", asked(engine))]


def everything(engine: DuckDBEngine, table: str) -> int:
    with engine.looking() as cursor:
        return len(cursor.table(table).fetchall())


def test_until_somebody_says_otherwise_all_is_kept(team):
    log_talk(team, talk(held_on=OLD), scope=DANA)
    forget_past(team, TODAY, {})
    assert talks(team) == [OLD]


def test_a_talk_past_its_time_goes_with_its_notes_in_all_versions(team):
    log_talk(team, talk(held_on=OLD), scope=DANA)
    log_talk(team, talk(), scope=DANA)
    before = hashes(team)
    forget_past(team, TODAY, keep(team, "keep_talks", 12))
    assert talks(team) == [talk().held_on]
    assert (everything(team, "coaching_session"), everything(team, "private_note")) == (1, 1)
    changed = {name for name, *_ in set(before) ^ set(hashes(team))}
    assert changed <= {"setting", "coaching_session", "private_note"}
    assert not faults(team)


def test_what_runs_or_is_open_is_kept_however_old(team):
    plan_id = write_plan(team, plan(starts_on=OLD, frozen=Baseline(), is_shared=True), scope=DANA)
    agree(team, CoachAction("anapluz", "Call", "anapluz", agreed_on=OLD), scope=DANA)
    cloud = CoachLearning("anapluz", "certification", "closing", "Cloud", added_on=OLD)
    item = learn(team, cloud, scope=DANA)
    held = CoachLearned(item, OLD, date(2026, 12, 31))
    settle_learning(team, held, scope=DANA)
    months = {kind.name: "1" for kind in KEPT}
    forget_past(team, TODAY, months)
    for name in ("coaching_plans", "action_items", "learning_items"):
        assert len(rows_of(team, name, asked(team))) == 1, name
    closed = CoachClose(plan_id, "worked", "She writes steps down.", date(2026, 11, 20))
    close_plan(team, closed, scope=DANA)
    forget_past(team, date(2027, 1, 1), months)
    assert everything(team, "coaching_plan") == 0
    # The certificate has lapsed by then, but not a month ago.
    assert len(rows_of(team, "learning_items", asked(team))) == 1


def test_what_went_is_told_without_a_word_of_it(team):
    log_talk(team, talk(held_on=OLD), scope=DANA)
    settings = keep(team, "keep_talks", 6)
    version = team.data_version()
    forget_past(team, TODAY, settings)
    with team.looking() as cursor:
        entries = cursor.execute(
            "select actor, command, payload from audit_log order by audit_id desc limit 1"
        ).fetchall()
    ((actor, command, payload),) = entries
    assert (actor, command) == ("retention", CoachForget.__name__)
    assert '"entries": 1' in payload
    assert "two deals" not in payload
    # No number of another page moved.
    assert team.data_version() == version


def test_it_is_looked_at_once_a_day(team, monkeypatch):
    settings = keep(team, "keep_talks", 6)
    forget_past(team, TODAY, settings)
    monkeypatch.setattr(retaining, "_forget", lambda *_: pytest.fail("It looked again."))
    forget_past(team, TODAY, settings)


def test_what_would_go_is_known_before(team):
    log_talk(team, talk(held_on=OLD), scope=DANA)
    assert due(team, last_days(TODAY, {"keep_talks": "12"}))["keep_talks"] == 1
    assert due(team, last_days(TODAY, {"keep_talks": "60"}))["keep_talks"] == 0
    assert set(last_days(TODAY, {}).values()) == {None}


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 240))
def test_months_are_counted_back_to_the_same_day_or_the_months_last(day, months):
    end = last_days(day, {"keep_talks": str(months)})["keep_talks"]
    assert end is not None
    assert (day.year - end.year) * 12 + day.month - end.month == months
    # The same day, or the last of a month that has no such day.
    assert end.day == day.day or (end + timedelta(days=1)).day == 1
    assert end.day == day.day or end.day < day.day


def test_who_shortens_it_says_that_they_mean_it(database, once, monkeypatch):
    monkeypatch.setattr(retaining, "_looked", {})
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    engine = once(DuckDBEngine(database), fill_uncoached)
    log_talk(engine, talk(held_on=OLD), scope=DANA)
    engine.close()
    screen = opened(PAGES / "settings.py")
    screen.session_state["settings tabs"] = "Retention"
    screen.run()
    screen.text_input(key="keep_talks 0").set_value("12").run()
    assert "1 entry** would go now, for good." in told(screen)
    assert screen.button(key="save retention").disabled
    screen.checkbox(key="retention meant 0").check().run()
    screen.button(key="save retention").click().run()
    assert not screen.exception
    assert talks(DuckDBEngine(database)) == []


def test_half_a_month_is_no_time_to_keep(team):
    with pytest.raises(Refused, match="whole numbers from 0 to 240 months"):
        change_setting(team, ChangeSetting("keep_talks", "0.5"), scope=OWNER)
