"""What do the tabs about movement say, and what do closed ones ask?"""

from __future__ import annotations

from datetime import date

import pytest

from quarterdeck import clock, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.ui import (
    movement_months,
    movement_moves,
    movement_slipped,
    movement_stuck,
    session,
)
from tests.conftest import TODAY, asked, commit, looked_at
from tests.movements import (
    FUNNEL,
    HEAD,
    NOVEMBER,
    SEPTEMBER,
    row,
)
from tests.teams import fill
from tests.test_pages import opened, told


@pytest.fixture
def export(team, drop):
    def exported(on, *rows):
        drop(HEAD + "".join(rows), exported_on=on, extent="full")

    return exported


@pytest.fixture
def asks(monkeypatch):
    """The names of the questions that the screen asks."""
    names, ask = [], reads.answer

    def noted(engine, scope, filters, name, **more):
        names.append(name)
        return ask(engine, scope, filters, name, **more)

    monkeypatch.setattr(session.reads, "answer", noted)
    return names


@pytest.fixture
def on_screen(database, monkeypatch):
    """The funnel of these exports, with one of the tabs open."""

    def shown(*exports, tab="Slipped"):
        monkeypatch.setenv(clock.VARIABLE, str(TODAY))
        engine = DuckDBEngine(database)
        fill(engine)
        for on, *rows in exports:
            text = HEAD + "".join(rows)
            commit(engine, looked_at(engine, text, exported_on=on, extent="full"))
        engine.close()
        screen = opened(FUNNEL, period="2026-Q4")
        if tab:
            screen.session_state["movement"] = True
            screen.session_state["movement tabs"] = tab
            screen.run()
        assert not screen.exception, screen.exception[0].stack_trace
        return screen

    return shown


def test_while_it_is_closed_nothing_is_asked(on_screen, asks):
    on_screen((SEPTEMBER, row("1")), (NOVEMBER, row("1", closes="2027-02-01")), tab="")
    assert "funnel" in asks
    assert not {"slipped", "slipped_deals", "stage_moves", "stuck", "cohorts"} & set(asks)


def test_the_first_tab_says_what_slipped_and_the_others_ask_nothing(on_screen, asks):
    screen = on_screen(
        (SEPTEMBER, row("1", amount="5000"), row("2")),
        (NOVEMBER, row("1", amount="5000", closes="2027-02-01"), row("2")),
    )
    said = told(screen)
    assert "$5.00 k in 1 deal slipped out of Q4 2026" in said
    assert "of 2 deals that were due, too few to say" in said
    assert {"slipped", "slipped_deals"} <= set(asks)
    assert not {"stage_moves", "stuck", "stuck_deals", "cohorts"} & set(asks)


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Stage to stage", "After Wed 30 Sep deals moved 2 times: 1 on to the next stage, 1 lost"),
        ("Stuck", "no won deal shows yet how long a stage takes"),
        ("By month created", "of 2 deals created in Jul 2026"),
    ],
)
def test_each_tab_says_its_finding(on_screen, tab, words):
    screen = on_screen(
        (SEPTEMBER, row("1"), row("2", "Qualify")),
        (NOVEMBER, row("1", "Closed Lost", closes="2026-11-02"), row("2", entered="2026-11-01")),
        tab=tab,
    )
    assert words in told(screen).replace("**", "")


def test_one_export_says_that_it_needs_two(on_screen):
    said = told(on_screen((NOVEMBER, row("1"), row("2"))))
    assert "Nobody can say what slipped yet: it needs two exports." in said.replace("**", "")


def frame(engine, name, **chosen):
    return reads.answer(engine, OWNER, asked(engine, **chosen), name)


def test_nothing_due_could_not_slip(team, export):
    export(SEPTEMBER, row("1", closes="2027-02-01"))
    words = movement_slipped.finding(frame(team, "slipped"), asked(team))
    assert words.startswith("**No deal was due in Q4 2026**")


def test_nothing_slipped_says_what_became_of_what_was_due(team, export):
    export(SEPTEMBER, row("1"), row("2"))
    export(NOVEMBER, row("1"), row("2", "Closed Won", closes="2026-11-01"))
    words = movement_slipped.finding(frame(team, "slipped"), asked(team))
    assert words.endswith("of 2 deals due in it 1 won, 1 still open and due.")


def test_moves_out_of_nowhere_are_not_told_as_moves(maven):
    chosen = {"period": "2017-Q2", "as_of": date(2017, 6, 30), "compare_on": date(2017, 3, 31)}
    rows = frame(maven, "stage_moves", **chosen)
    drawn = movement_moves.grid_rows(rows)
    assert set(drawn["from_name"]) == {"Not known"}
    assert drawn["moves"].sum() == rows["moves"].sum()


def test_days_in_stage_that_nobody_knows_leave_nothing_to_say_about_stuck(team, export):
    export(SEPTEMBER, row("1"))
    assert "needs two exports or stage dates" in movement_stuck.finding(frame(team, "stuck"))
    assert "No deal is open" in movement_stuck.finding(frame(team, "stuck", as_of=date(2026, 1, 1)))


def test_a_young_month_is_not_compared(team, export):
    export(NOVEMBER, row("1", created="2026-10-10"), row("2", "Closed Lost", created="2026-10-10"))
    assert movement_months.finding(frame(team, "cohorts")).startswith("**Too young to say:**")


def test_a_month_is_more_than_usual_only_beyond_its_interval(team, export):
    def won(month, won_of, count):
        made = {"created": f"2026-{month:02d}-01", "closes": f"2026-{month + 1:02d}-01"}
        ends = ("Closed Won" if n < won_of else "Closed Lost" for n in range(count))
        return [row(f"{month} {n}", end, **made) for n, end in enumerate(ends)]

    export(NOVEMBER, *won(3, 10, 40), *won(4, 12, 40), *won(5, 30, 40))
    months_told = frame(team, "cohorts")
    assert movement_months.finding(months_told) == (
        "**Of 40 deals created in May 2026, 30 were won within 90 days**: 75\u202f%, likely "
        "60–86\u202f%; more than in the 2 months before, 28\u202f%."
    )
    words = movement_months.finding(months_told.head(2))
    assert words.endswith("; no clear difference from the month before, 25\u202f%.")
