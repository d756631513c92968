"""Does the page say what moved, and show the deals of each movement?"""

from __future__ import annotations

import json
import re
from datetime import date

import pandas as pd
import pytest

from quarterdeck.charts.house import constant
from quarterdeck.charts.waterfall import deals_waterfall, waterfall
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui import waterfall_words as words
from tests.conftest import commit, looked_at
from tests.teams import HEAD, row
from tests.test_pages import ROOT, opened, told

FUNNEL = ROOT / "pages" / "funnel.py"
BEFORE = (
    row("1", "Qualify", "100", closes="2017-12-15"),
    row("2", "Qualify", "300", closes="2017-12-15"),
    row("3", "Qualify", "", closes="2017-12-15"),
)
NOW = (
    row("1", "Closed Won", "150", closes="2017-11-02"),
    row("2", "Qualify", "300", closes="2018-02-15", owner="Ben"),
    row("3", "Qualify", "70", closes="2017-12-15"),
    row("4", "Qualify", "50", closes="2017-12-20", created="2017-10-20", name="![x](http://x) *4*"),
)


@pytest.fixture
def told_of(database):
    """The card on the page of the funnel, with these exports behind it."""

    def shown(*exports, picked="", **asked):
        engine = DuckDBEngine(database)
        for rows, day in exports:
            text = HEAD + "".join(rows).replace("2026-07-01", "")
            commit(engine, looked_at(engine, text, exported_on=day))
        engine.close()
        screen = opened(FUNNEL, **asked)
        if picked:
            screen.session_state["picked by name"] = {"waterfall due": {"bar": picked}}
            screen.run()
        assert not screen.exception, screen.exception[0].stack_trace
        return screen

    return shown


TWO = ((BEFORE, date(2017, 9, 29)), (NOW, date(2017, 11, 17)))


def test_the_page_says_what_moved_and_that_it_adds_up(told_of):
    screen = told_of(*TWO)
    assert "What moved between 30 Sep and today?" in [one.value for one in screen.subheader]
    said = told(screen)
    assert "$400 was open and due in Q4 2017 on 30 Sep, $120 is today." in said
    assert "increase $120, won $150, pushed out $300" in said
    assert "residual 0.00" in said
    assert "1 deal had no known amount on 30 Sep: what they have later is an increase." in said


def test_a_picked_movement_shows_its_deals_before_and_after(told_of):
    screen = told_of(*TWO, picked="pushed_out later")
    assert "Pushed out, later: 1 deal, −$300" in told(screen)
    (shown,) = (one.value for one in screen.table if "Before" in one.value.columns)
    assert "Qualify · $300 · 15 Dec · Ana" in shown["Before"].iloc[0]
    assert "Qualify · $300 · **15 Feb 2018** · **Ben**" in shown["After"].iloc[0]


def test_a_name_from_a_file_stays_text_among_the_deals_of_a_movement(told_of):
    screen = told_of(*TWO, picked="new")
    (shown,) = (one.value for one in screen.table if "Before" in one.value.columns)
    assert "![x](" not in shown["Deal"].iloc[0]
    assert shown["Before"].iloc[0] == "–"


def test_the_whole_pipeline_is_one_choice_away(told_of):
    screen = told_of(*TWO)
    screen.session_state["pipeline, usually due"] = "Whole pipeline"
    screen.run()
    assert "$400 was open on 30 Sep, $420 is today." in told(screen)


def test_before_the_first_export_the_page_says_so(told_of):
    screen = told_of((NOW, date(2017, 11, 17)))
    assert "Nothing is known before 20 Oct: what is open since then came new." in told(screen)


def test_a_period_in_which_nothing_was_due_says_so(told_of):
    screen = told_of(*TWO, period="2019-Q1")
    assert "Nothing open was due in Q1 2019" in told(screen)


def drawn(*moved):
    """The bars of rows in their order: movement, deals, dollars and deals without an amount."""
    columns = ("movement", "deals", "amount_usd", "unknown_deals")
    found = pd.DataFrame([dict(zip(columns, each, strict=True)) for each in moved])
    return words.bars(found.assign(reason="", deals_behind=found["deals"].abs()), "1 Jul", "today")


def test_each_bar_hangs_where_the_last_one_ended():
    found = drawn(
        ("opening", 3, 300.0, 0), ("new", 1, 50.0, 0), ("won", -2, -120.0, 0),
        ("closing", 2, 230.0, 0),
    )  # fmt: skip
    assert found.chart[["start", "end"]].values.tolist() == [
        [300, 300], [300, 350], [350, 230], [230, 230],
    ]  # fmt: skip
    assert found.chart["figure"].tolist() == ["$300", "+$50", "−$120", "$230"]
    assert found.chart["kind"].tolist() == ["level", "in", "won", "level"]


def test_a_movement_without_deals_is_not_drawn_and_a_level_always():
    found = drawn(("opening", 0, 0.0, 0), ("new", 1, 50.0, 0), ("lost", 0, 0.0, 0))
    assert found.chart["name"].tolist() == ["Opening 1 Jul", "New"]


def test_bars_count_deals_where_most_amounts_are_unknown():
    found = drawn(("opening", 3, 0.0, 3), ("won", -1, -90.0, 0), ("closing", 2, 0.0, 2))
    assert found.counts_deals
    assert found.chart["figure"].tolist() == ["3", "−1", "2"]
    assert found.chart["exact_words"].iloc[0] == "Opening 1 Jul: 3 deals, no known amount"


@pytest.mark.parametrize("picture", [waterfall, deals_waterfall])
def test_the_picture_names_only_columns_that_the_bars_have(picture):
    columns = {*drawn(("opening", 1, 10.0, 0), ("closing", 1, 10.0, 0)).chart.columns}
    named = re.findall(r'"field": "(\w+)"', json.dumps(constant(picture, "light")))
    assert {*named} <= columns
