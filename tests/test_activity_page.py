"""What the team does, in words and on the page."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from quarterdeck import clock
from quarterdeck.charts import activity as charts
from quarterdeck.charts import house
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui import activity as words
from quarterdeck.ui import activity_aims, activity_contacts, activity_done, activity_quiet
from quarterdeck.ui.sections import PAGES
from tests.conftest import TODAY, Once, asked, commit, looked_at, rows_of
from tests.test_activity import TUESDAY, aim, fill, fill_all
from tests.test_pages import answer, opened, told

# In words


def frame(rows):
    return pd.DataFrame(rows)


def row(person, kind, week_done, week_target, share=0.5, **more):
    said = {
        "person_id": person.lower(),
        "person_name": person,
        "kind": kind,
        "done": 5,
        "week_done": week_done,
        "week_target": week_target,
        "working_share": share,
    }
    return said | more  # fmt: skip


def whole(**more):
    said = {
        "person_id": "all",
        "accounts": 12,
        "quiet_accounts": 3,
        "silent_usd": 1.48e6,
        "strategic_days": 30,
        "other_days": 60,
    }
    return frame([said | more])  # fmt: skip


def found(rows, tending, engine):
    said = words.finding(frame(rows), tending, asked(engine, as_of=TUESDAY), "this week")
    return said.replace("\u202f", " ")


def test_who_is_furthest_behind_is_named_with_what_is_done(engine):
    rows = [row("Ana", "Call", 9, 4), row("Ana", "Meeting", 0, 4), row("Ben", "Call", 1, 4)]
    # Nine calls make up for no meeting, but two of four of each would be enough by now.
    assert found(rows, whole(), engine) == (
        "Ben is furthest behind, 1 of 4 done this week; nobody spoke to 3 of 12 accounts with open "
        "deals, $1.48 M, for 60 days (strategic: 30)."
    )


def test_one_person_alone_and_everybody_on_pace(engine):
    behind = found([row("Ana", "Call", 0, 4)], whole(quiet_accounts=0), engine)
    assert behind.startswith("Ana is behind, 0 of 4 done this week; somebody spoke to all 12")
    rows = [row("Ana", "Call", 2, 4), row("Ben", "Call", 3, 4)]
    assert found(rows, whole(), engine).startswith("All 2 are where they set out to be this week;")
    # Nobody is behind by half a visit.
    half = found([row("Ana", "Visit", 0, 1)], whole(), engine)
    assert half.startswith("Ana is where they set out to be")


def test_without_objectives_it_says_how_much_was_done(engine):
    rows = [row("Ana", "Call", 2, None), row("Ben", "Call", 3, None)]
    assert found(rows, whole(accounts=0), engine) == (
        "2 people did 10 activities in Q4 2026; no open deal names its account."
    )
    nothing = [row("Ana", "Call", 0, None, done=0)]
    assert found(nothing, frame([{"person_id": "x"}]), engine) == (
        "Nothing was done in Q4 2026; no deal is open."
    )


def test_a_name_from_a_file_is_shown_as_it_stands(engine):
    said = found([row("![x](http://a.example)", "Call", 0, 4)], whole(), engine)
    assert said.startswith(r"\!\[x\]\(")


def test_the_small_pictures_keep_one_order_and_mark_who_is_behind():
    rows = frame([
        row("Ana", "Call", 0, 5, day_done=0, day_target=None),
        row("Ben", "Call", 6, 5, day_done=1, day_target=1),
        row("Ana", "Meeting", 2, 2, day_done=0, day_target=None),
    ])  # fmt: skip
    week = activity_aims.aimed(rows, activity_aims.WEEK)
    assert activity_aims.order(week) == ["ana", "ben"]
    calls = activity_aims.bars(week[week["kind"] == "Call"], ["ana", "ben"])
    assert calls["figures"].tolist() == ["▼ 0 of 5", "▲ 6 of 5"]
    assert calls[["missing_to", "reach"]].values.tolist() == [[2, 6], [6, 6]]
    day = activity_aims.aimed(rows, activity_aims.DAY)
    assert day["person_id"].tolist() == ["ben"]


def test_the_grid_counts_and_sums_and_the_calendar_marks_days_off(monkeypatch):
    monkeypatch.setattr(activity_done.session, "today", lambda: TUESDAY)
    grid = activity_done.grid(frame([row("Ana", "Call", 0, None), row("Ben", "Mail", 0, None)]))
    assert grid[grid["is_total"]]["label"].tolist() == ["5", "5"]
    assert set(grid["exact_words"]) >= {"Ana, Call: 5", "Ana, Mail: 0"}
    days = frame([
        {"day_on": pd.Timestamp(2026, 11, day), "week_on": pd.Timestamp(2026, 11, 23),
         "place": day - 23, "day_off": off, "activities": n}
        for day, off, n in ((23, None, 4), (24, None, 2), (26, "Thanksgiving Day", 0))
    ])  # fmt: skip
    cells = activity_done.cells(days)
    assert cells["is_off"].tolist() == [False, False, True]
    assert cells["label"].tolist() == ["4", "2", ""]
    assert cells["exact_words"].iloc[2] == "Thu 26 Nov, Thanksgiving Day: 0"
    assert activity_done.rhythm(days) == (
        "**3.0 a working day**: most on Mon, 4.0, fewest on Tue, 2.0."
    )


def test_what_is_left_alone_is_said_with_its_money():
    one = {"open_deals": 9, "quiet_deals": 2, "quiet_usd": 500.0, "stepless_deals": 1,
           "stepless_usd": 0.0, "overdue_deals": 0, "overdue_usd": 0.0}  # fmt: skip
    assert activity_quiet.finding(pd.Series(one)) == (
        "**Of 9 open deals** nothing was done on **2** ($500); **1** has no next step."
    )
    none = one | {"quiet_deals": 0, "stepless_deals": 0}
    assert activity_quiet.finding(pd.Series(none)).startswith("**All 9 open deals are looked after")


def test_coverage_of_few_has_no_range(monkeypatch):
    monkeypatch.setattr(activity_contacts, "few", lambda: 10)
    one = {
        "part_id": "strategic",
        "accounts": 4,
        "covered": 1,
        "strangers": 0,
        "unspoken": 1,
        "executive_coverage": 0.25,
        "wilson_low": 0.05,
        "wilson_high": 0.7,
        "cadence_days": 90.0,
    }
    said = activity_contacts.finding(one)  # fmt: skip
    assert "**1 of 4 strategic accounts** were met in 180 days" in said
    assert "likely" not in said


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("picture", [charts.aim_bars, charts.kind_grid, charts.calendar])
def test_a_picture_holds_no_rows_of_its_own(picture, mode):
    spec = house.constant(picture, mode)
    assert not [word for word in ("datasets", "@") if word in str(spec)]


# On the page


ACTIVITY = PAGES / "activity.py"


@pytest.fixture
def shown(database: Path, once: Once, monkeypatch: pytest.MonkeyPatch) -> DuckDBEngine:
    monkeypatch.setenv(clock.VARIABLE, str(TUESDAY))
    return once(DuckDBEngine(database), fill_all)


def test_the_page_answers_and_every_card_has_something(shown):
    aim(shown, "Call", "week", 4)
    shown.close()
    screen = opened(ACTIVITY)
    assert answer(screen) == (
        "Ana is behind, 1 of 4 done this week; somebody spoke to all 4 accounts with open deals "
        "in the last 60 days (strategic: 30)."
    )
    said = told(screen)
    assert "**2** ($500) have no next step" in said
    assert "8 activities, 3 meetings among them" in said
    assert "1 of 3 customers" in said
    assert [tab.label for tab in screen.tabs] == ["Accounts", "Deals", "No next step", "Overdue"]


def test_an_activity_is_logged_on_the_page_and_taken_back(shown):
    shown.close()
    screen = opened(ACTIVITY)
    screen.session_state["log 0"] = True
    screen.run()
    whom = next(box for box in screen.selectbox if box.label.startswith("With which account"))
    whom.set_value("account acme")
    next(box for box in screen.selectbox if box.label == "Who").set_value("ana")
    next(button for button in screen.button if button.label == "Log it").click().run()
    assert not screen.exception, screen.exception[0].stack_trace
    assert "Logged: Call, Ana, Tue 24 Nov." in "\n".join(
        one.value.replace("\\", "") for one in screen.success
    )
    screen.button(key="undo log").click().run()
    assert not screen.exception
    assert not screen.success


def test_no_data_says_what_is_missing(database):
    screen = opened(ACTIVITY)
    assert answer(screen) == "Nobody can say yet: there are no deals."
    assert screen.button(key="to upload")


def test_deals_without_any_activity_lead_to_upload_and_to_the_quick_log(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TUESDAY))
    engine = DuckDBEngine(database)
    fill(engine, activities="", contacts="", services="")
    engine.close()
    screen = opened(ACTIVITY)
    assert answer(screen) == "Nobody can say yet: no activity is known."
    assert "activities.csv says who did what with whom" in told(screen)
    assert screen.button(key="to upload")


def test_one_person_alone_has_a_page(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TUESDAY))
    engine = DuckDBEngine(database)
    text = "activity id,kind,person,happened at\nA1,Call,Zoe,2026-11-23\n"
    commit(engine, looked_at(engine, text, "activities.csv", exported_on=TUESDAY))
    engine.close()
    screen = opened(ACTIVITY)
    assert answer(screen) == "1 person did 1 activity in Q4 2026; no deal is open."
    assert "No deal is open, so nobody is waiting" in told(screen).replace("**", "")


def test_a_hostile_name_is_text(database, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TUESDAY))
    engine = DuckDBEngine(database)
    text = (
        "activity id,kind,person,account,happened at\n"
        "A1,:red[x] ![y](http://e.example/b.png),![x](http://e.example/a.png),<b>Acme</b>,"
        "2026-11-23\n"
    )
    commit(engine, looked_at(engine, text, "activities.csv", exported_on=TUESDAY))
    aim(engine, ":red[x] ![y](http://e.example/b.png)", "week", 4, person=_only(engine))
    engine.close()
    screen = opened(ACTIVITY)
    assert not screen.exception, screen.exception[0].stack_trace
    shown = [one.value for one in (*screen.markdown, *screen.header, *screen.caption)]
    assert not [one for one in shown if "![y](" in one or "![x](" in one]


def _only(engine):
    (person,) = rows_of(engine, "team", asked(engine, as_of=TODAY))
    return person["person_id"]
