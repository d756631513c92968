"""The Area Director's screen: which team is in trouble, and does it say what the others say?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from quarterdeck import clock, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER, Scope, scope_of
from quarterdeck.ui import area, area_trend, standing
from quarterdeck.ui.sections import PAGES
from tests import everything
from tests.conftest import TODAY, asked, commit, looked_at, rows_of
from tests.kept import kept
from tests.screen import plain_spaces
from tests.test_pages import answer, opened, told

PEOPLE = "name,manager\nAna,Dana\nBen,Dana\nCy,Noor\nDana,Ray\nNoor,Ray\n"
QUOTAS = (
    "person,period,quota\nAna,2026-Q4,100\nBen,2026-Q4,300\nCy,2026-Q4,500\n"
    "Dana,2026-Q4,350\nNoor,2026-Q4,450\nRay,2026-Q4,700\n"
)
DEALS = (
    "deal id,owner,account,stage,amount,created,close date\n"
    "D1,Ana,Acme,Won,90,2026-10-02,2026-10-05\nD2,Ben,Acme,Won,210,2026-09-01,2026-11-02\n"
    "D3,Cy,Birch,Won,60,2026-10-08,2026-11-09\nD4,Cy,Birch,Lost,5,2026-10-08,2026-11-09\n"
    "D5,Ana,Birch,Open,150,2026-11-02,2026-12-20\nD6,Cy,Birch,Open,40,2026-11-03,2026-11-01\n"
    "D7,Cy,Cedar,Open,33,2026-06-03,2027-01-20\nD8,Cy,Cedar,Open,,2026-06-03,2026-12-01\n"
)


AREA = PAGES / "area.py"


@pytest.fixture(autouse=True)
def today(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")


def filled(path: Path, deals: str = DEALS, quotas: str = QUOTAS, people: str = PEOPLE):
    return kept(DuckDBEngine(path), fill, deals, quotas, people)


def fill(engine: DuckDBEngine, deals: str, quotas: str, people: str) -> None:
    for name, text in (("people", people), ("deals", deals), ("quotas", quotas)):
        if text:
            commit(engine, looked_at(engine, text, f"{name}.csv"))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    path = tmp_path_factory.mktemp("area") / "quarterdeck.duckdb"
    return kept(DuckDBEngine(path), everything.fill)


def by_person(rows):
    return {row["person_id"]: row for row in rows}


# The numbers


@pytest.mark.parametrize("viewer", ["owner", "Ray", "Dana", "Noor"])
@pytest.mark.parametrize(
    "chosen", [{}, {"product_lines": ("Cloud",)}, {"basis": "tcv"}, {"person_ids": ("noor",)}]
)
def test_each_of_eight_quarters_says_what_attainment_says_of_it(books, viewer, chosen):
    scope = OWNER if viewer == "owner" else scope_of(books, viewer, TODAY)
    found = rows_of(books, "attainment_by_quarter", asked(books, **chosen), scope)
    quarters = sorted({row["quarter_on"] for row in found})
    assert len(quarters) == 8
    for first in quarters:
        period = reads.calendar(books).quarter_of(first).word
        told_there = by_person(rows_of(books, "attainment", asked(books, period, **chosen), scope))
        for row in (one for one in found if one["quarter_on"] == first):
            there = told_there[row["person_id"]]
            assert row["booked_usd"] == there["booked_usd"]
            assert row["quota_usd"] == there["quota_usd"]
            assert row["attainment"] == there["attainment"]


@pytest.mark.parametrize("viewer", ["owner", "Ray", "Noor"])
@pytest.mark.parametrize("chosen", [{}, {"channels": ("Partner",)}, {"strategic_only": True}])
def test_what_stands_behind_a_team_is_what_the_other_questions_say(books, viewer, chosen):
    scope = OWNER if viewer == "owner" else scope_of(books, viewer, TODAY)
    filters = asked(books, "2026", **chosen)
    before = filters.period.from_on - timedelta(days=1)
    slipped = asked(books, "2026", compare_on=before, **chosen)
    (everyone,) = (
        row for row in rows_of(books, "area", filters, scope) if row["person_id"] == "all"
    )
    (slid,) = (
        (row for row in rows_of(books, "slipped", slipped, scope) if row["person_id"] == "all")
        if rows_of(books, "slipped", slipped, scope)
        else ({},)
    )
    stages = rows_of(books, "funnel", filters, scope)
    assert everyone["open_deals"] == sum(row["deals"] for row in stages)
    assert everyone["open_usd"] == sum((row["open_usd"] for row in stages), Decimal(0))
    assert everyone["slipped_usd"] == slid.get("slipped_usd", 0)
    assert everyone["was_due_deals"] == slid.get("was_due_deals", 0)


def test_a_team_is_its_leader_and_everyone_below_as_of_the_day(database):
    engine = filled(database)
    rows = by_person(rows_of(engine, "area", asked(engine)))
    assert set(rows) == {"all", "dana", "noor", "ray"}
    assert (rows["dana"]["created_deals"], rows["dana"]["created_usd"]) == (2, 240)
    assert (rows["noor"]["created_deals"], rows["noor"]["created_usd"]) == (3, 105)
    assert rows["noor"]["open_deals"] == 3
    assert rows["noor"]["unkept_deals"] == 2
    assert (rows["dana"]["top_id"], rows["dana"]["top_usd"]) == ("D5", 150)
    assert (rows["noor"]["top_id"], rows["noor"]["top_on"]) == ("D8", date(2026, 12, 1))
    assert (rows["noor"]["risk_id"], rows["noor"]["risk_why"]) == ("D6", "overdue")
    assert rows["dana"]["risk_id"] is None
    assert rows["all"]["open_usd"] == rows["ray"]["open_usd"] == 223


def test_nobody_is_told_of_a_team_that_is_not_theirs(database):
    engine = filled(database)
    for name in ("area", "attainment_by_quarter"):
        dana = rows_of(engine, name, asked(engine), scope_of(engine, "Dana", TODAY))
        assert {row["person_id"] for row in dana} == {"all", "dana"}
        ana = rows_of(engine, name, asked(engine), scope_of(engine, "Ana", TODAY))
        assert {row["person_id"] for row in ana} <= {"all"}
        assert not rows_of(engine, name, asked(engine), Scope("nobody", "executive"))


# What the page says


def test_the_headline_names_the_team_in_trouble_how_far_and_why(database: Path) -> None:
    """38 of 62 working days are over: Noor's team should stand at 275.81 and stands at 60."""
    filled(database).close()
    said = answer(opened(AREA, period="2026-Q4"))
    assert said == (
        "Noor's team is $216 behind pace: what is due covers 0.0× of its gap. The other one is not."
    )


def test_all_ahead_names_who_has_least_in_hand(database: Path) -> None:
    quotas = "person,period,quota\nDana,2026-Q4,350\nNoor,2026-Q4,60\n"
    filled(database, quotas=quotas).close()
    said = answer(opened(AREA, period="2026-Q4"))
    assert said == "Both teams are ahead of pace; Noor's team has least in hand ($23)."


def test_the_figures_say_quota_over_assignment_and_freshness(database: Path) -> None:
    filled(database).close()
    said = plain_spaces(told(opened(AREA, period="2026-Q4")))
    assert "teams add to $800: +14 %" in said
    assert "$100 of the difference is used up" in said
    assert "2 teams, 3 executives" in said
    assert "exported 20 Nov" in said


def test_without_quotas_it_says_what_is_booked(database: Path) -> None:
    filled(database, quotas="").close()
    said = answer(opened(AREA, period="2026-Q4"))
    assert said == "$360 booked in Q4 2026 by 2 teams; no quota known."


def test_without_a_team_it_says_what_is_missing(database: Path) -> None:
    filled(database, people="name,email\nAna,ana@a.example\n").close()
    screen = opened(AREA, period="2026-Q4")
    assert answer(screen) == "Nobody here leads a team."
    assert "who reports to whom" in told(screen)


def test_once_it_is_over_quota_is_the_measure(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2027-01-10")
    filled(database).close()
    said = answer(opened(AREA, period="2026-Q4", as_of="2026-12-31"))
    assert said.startswith("Noor's team missed its quota by $390.")


def test_one_click_opens_a_team_on_attainment(database: Path) -> None:
    filled(database).close()
    screen = opened(AREA, period="2026-Q4")
    (button,) = (each for each in screen.button if "Noor" in each.label)
    button.click().run()
    assert "Noor" in screen.query_params["person"]


def test_quarters_far_from_their_quota_are_drawn_at_the_edge_and_say_how_far(database):
    engine = filled(database)
    team = reads.answer(engine, OWNER, asked(engine), "attainment")
    quarters = reads.answer(engine, OWNER, asked(engine), "attainment_by_quarter")
    own = quarters[quarters["person_id"] == "noor"].assign(is_over=True, attainment=2.5)
    row = area.led(team).to_dict("records")[0]
    drawn = area_trend.trend_rows(own, row)
    assert set(drawn["shown"]) == {area_trend.HIGH}
    assert set(drawn["figure"]) == {"250"}
    assert standing.whole(team)["person_id"] == "all"
    assert area.behind_of(team, "ray") == (1, 3)
    assert date(2026, 10, 1) in set(quarters["quarter_on"].dt.date)
