"""The words and orders of the screen, without a screen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from quarterdeck import reads
from quarterdeck.charts import house, progress
from quarterdeck.domain.calendar import Calendar
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.metrics import metrics
from quarterdeck.people import OWNER
from quarterdeck.ui import adding_up, address, days, standing
from quarterdeck.ui.address import Chosen
from quarterdeck.ui.cards import tidy
from quarterdeck.ui.downloads import csv_bytes
from quarterdeck.ui.plain import plain
from quarterdeck.ui.words import counted
from tests import invented

TODAY = date(2017, 11, 20)
LABELS = {"p1": "Ann Lee (p1)", "p2": "Ann Lee (p2)", "p3": "Bo"}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return reads.calendar(DuckDBEngine())


@pytest.fixture(scope="module")
def filled() -> DuckDBEngine:
    engine = DuckDBEngine()
    invented.fill(engine)
    return engine


def team(engine: DuckDBEngine, word: str = "2017-Q4") -> pd.DataFrame:
    asked = Filters(reads.calendar(engine).parse(word), TODAY)
    return reads.answer(engine, OWNER, asked, "attainment")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("![x](http://e.example/a.png)", r"\!\[x\]\(http\:⁠\/\/e\.example\/a\.png\)"),
        (":red[hot]", r"\:⁠red\[hot\]"),
        ("$a$", r"\$a\$"),
        ("<b>", r"\<b\>"),
        ("www.e.example", r"www⁠\.e\.example"),
        ("a@b.example", r"a\@⁠b\.example"),
        ("one\ntwo", "one two"),
        ("\u202eevil", "evil"),
        ("12 : 30", r"12 \: 30"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_text_from_files_is_shown_and_does_nothing(hostile: object, shown: str) -> None:
    assert plain(hostile) == shown


def test_two_amounts_in_a_sentence_are_no_formula() -> None:
    assert tidy("$3.02 M of $6.30 M") == "\\$3.02\u202fM of \\$6.30\u202fM"
    assert tidy("\\$1") == "\\$1"


def test_a_file_holds_numbers_as_numbers_and_no_formula() -> None:
    rows = [("=1+1", Decimal("-1.50")), ("+x", None), ("@y", 2), (" -z", 0), ("Renewal", 1)]
    lines = csv_bytes(("name", "usd"), rows).decode("utf-8-sig").splitlines()
    assert lines == ["name,usd", "'=1+1,-1.50", "'+x,", "'@y,2", "' -z,0", "Renewal,1"]


def test_a_name_that_two_share_carries_its_id() -> None:
    assert address.unique_labels({"p1": "Ann Lee", "p2": "Ann Lee", "p3": "Bo"}) == LABELS


def test_an_address_leads_back_to_itself(calendar: Calendar) -> None:
    chosen = Chosen(
        *(calendar.parse("2017-Q3"), date(2017, 11, 1), ("p2", "p3")),
        against="last-year",
        assignments="as_is",
    )
    assert chosen.period
    written = address.written(chosen.period, chosen, LABELS)
    assert written == {
        "period": ["2017-Q3"], "as_of": ["2017-11-01"], "person": ["Ann Lee (p2)", "Bo"],
        "compare_on": ["last-year"], "assignments": ["as_is"],
    }  # fmt: skip
    assert address.period_in(written["period"], calendar) == (chosen.period, [])
    assert address.as_of_in(written["as_of"], TODAY) == (chosen.as_of, [])
    assert address.people_in(written["person"], LABELS) == (chosen.person_ids, [])
    where = (calendar, chosen.period, date(2017, 11, 1))
    assert address.against_in(written["compare_on"], *where) == ("last-year", [])
    assert address.assignments_in(written["assignments"]) == ("as_is", [])


def test_what_nobody_chose_is_not_written_but_the_period(calendar: Calendar) -> None:
    assert address.written(calendar.parse("2017"), Chosen(), {}) == {"period": ["2017"]}


def test_today_is_not_a_choice() -> None:
    assert address.as_of_in([TODAY.isoformat()], TODAY) == (None, [])


@pytest.mark.parametrize("words", ["2017-13", "soon", "", "2017-10-01..", "9999-Q1", "..", "٣"])
def test_a_period_that_is_none_is_said(calendar: Calendar, words: str) -> None:
    period, said = address.period_in([words], calendar)
    assert period is None
    assert "names no period" in said[0]


def test_dates_the_wrong_way_round_are_turned_and_said(calendar: Calendar) -> None:
    period, said = address.period_in(["2017-12-31..2017-10-01"], calendar)
    assert period
    assert period.word == "2017-10-01..2017-12-31"
    assert "wrong way round" in said[0]


def test_a_stranger_is_said_and_the_known_stay() -> None:
    assert address.people_in(["Bo", "Zed"], LABELS) == (
        ("p3",),
        ["Nobody here is called “Zed”."],
    )


@pytest.mark.parametrize(
    ("kind", "word"),
    [("Month", "2017-12"), ("Quarter", "2017-Q4"), ("Year", "2017"),
     ("Dates", "2017-10-01..2017-12-31")],
)  # fmt: skip
def test_a_period_turns_into_another_kind(calendar: Calendar, kind: str, word: str) -> None:
    turned = days.turned_into(kind, calendar.parse("2017-Q4"), calendar)
    assert turned.word == word
    assert days.kind_of(turned) == kind


def test_the_periods_to_pick_are_the_newest_first(calendar: Calendar) -> None:
    quarters = days.pickable("Quarter", calendar, date(2017, 2, 1), date(2017, 11, 20))
    assert list(quarters) == ["2017-Q4", "2017-Q3", "2017-Q2", "2017-Q1"]
    assert len(days.pickable("Month", calendar, date(2017, 2, 1), date(2017, 11, 20))) == 10


def test_a_day_has_its_year_only_when_it_is_another(calendar: Calendar) -> None:
    assert days.day_words(TODAY, TODAY) == "Mon 20 Nov"
    assert days.day_words(date(2016, 11, 20), TODAY) == "Sun 20 Nov 2016"


def test_one_is_singular() -> None:
    assert counted(1, "deal") == "1 deal"
    assert counted(0, "good person") == "0 good people"
    assert counted(8_800, "deal") == "8,800 deals"


def test_teams_add_up_to_the_whole(filled: DuckDBEngine) -> None:
    assert adding_up.roll_up(team(filled)).endswith("; difference 0.00.")
    assert "6 teams add to" in adding_up.roll_up(team(filled))


def test_whoever_misses_most_comes_first(filled: DuckDBEngine) -> None:
    for level in standing.LEVELS:
        lags = standing.shown(team(filled), level)["pace_gap_usd"].tolist()
        assert lags == sorted(lags)


def test_without_quotas_the_largest_comes_first_and_nothing_is_behind() -> None:
    engine = DuckDBEngine()
    invented.fill(engine, quotas=False)
    rows = standing.shown(team(engine), "Teams")
    assert rows["booked_usd"].is_monotonic_decreasing
    drawn = standing.bars(rows, is_over=True)
    assert not drawn["is_behind"].any()
    assert (drawn["quota_usd"] == 0).all()
    period = reads.calendar(engine).parse("2017-Q4")
    assert "booked in Q4 2017 by" in standing.finding(team(engine), period, is_over=True)


def test_while_the_period_runs_pace_is_the_measure_then_the_quota(filled: DuckDBEngine) -> None:
    rows = standing.shown(team(filled), "Teams")
    running, over = (standing.bars(rows, is_over=is_over) for is_over in (False, True))
    assert running["verdict"].str.contains("to pace").any()
    assert over["is_behind"].any()
    assert over["verdict"].str.contains("▼").any()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_picture_is_a_constant_of_meanings(mode: str) -> None:
    spec = house.constant(progress.quota_bars, mode)
    assert house.constant(progress.quota_bars, mode) is spec
    assert "@" not in str(spec)


def test_the_bars_hold_every_column_the_picture_names(filled: DuckDBEngine) -> None:
    drawn = standing.bars(standing.shown(team(filled), "Teams"), is_over=True)
    spec = str(house.constant(progress.quota_bars, "light"))
    for name in drawn.columns:
        assert name in spec


@pytest.mark.parametrize("name", ["booked_usd", "quota_usd", "attainment", "gap_usd"])
def test_every_figure_can_explain_itself(name: str) -> None:
    assert metrics()[name].formula


def test_a_quota_of_nothing_is_said_and_no_share_of_it(filled: DuckDBEngine) -> None:
    nothing = team(filled).assign(quota_usd=0.0, attainment=float("nan"), gap_usd=0.0)
    period = reads.calendar(filled).parse("2017-Q4")
    said = standing.finding(nothing, period, is_over=False)
    assert "the quota is 0" in said
    assert "nan" not in said + " ".join(standing.bars(nothing, is_over=False)["verdict"])
