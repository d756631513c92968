"""What the Attainment page says of coverage, lines, roll-ups and the deals behind a click."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from quarterdeck import clock, reads
from quarterdeck.charts import attainment, house
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from quarterdeck.ui import adding_up, lines, picking, standing
from tests import everything
from tests.conftest import asked, commit, looked_at, rows_of
from tests.exam.figures import sized
from tests.kept import kept
from tests.screen import plain_spaces
from tests.test_pages import answer, opened, told

TEAM = "name,manager\nAna,Dana\nBen,Dana\n"
QUOTAS = (
    "person,period,product line,quota\nAna,2026-Q4,Cloud,100\nAna,2026-Q4,Data,100\n"
    "Ben,2026-Q4,Cloud,300\nDana,2026-Q4,,400\n"
)
DEALS = (
    "deal id,owner,account,stage,amount,close date,product line\n"
    "D1,Ana,Acme,Won,90.10,2026-10-05,Cloud\nD2,Ana,Acme,Won,10,2026-11-02,Data\n"
    "D3,Ben,Birch,Won,60,2026-11-09,Cloud\nD4,Ben,Birch,Lost,5,2026-11-09,Cloud\n"
    "D5,Ana,Birch,Open,150,2026-12-20,Data\nD6,Ben,Birch,Open,400,2026-11-01,Cloud\n"
    "D7,Ben,Cedar,Open,33,2027-01-20,Cloud\nD8,Ben,Cedar,Open,90,,Cloud\n"
)


@pytest.fixture(autouse=True)
def today(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")


def filled(path: Path, deals: str = DEALS, quotas: str = QUOTAS) -> DuckDBEngine:
    return kept(DuckDBEngine(path), fill, deals, quotas)


def fill(engine: DuckDBEngine, deals: str, quotas: str) -> None:
    for name, text in (("people", TEAM), ("deals", deals), ("quotas", quotas)):
        if text:
            commit(engine, looked_at(engine, text, f"{name}.csv"))


def row(engine: DuckDBEngine, name: str = "All", **chosen: Any) -> dict[str, Any]:
    return next(
        each
        for each in rows_of(engine, "attainment", asked(engine, **chosen))
        if each["person_name"] == name
    )


def frames(engine: DuckDBEngine, **chosen: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    filters = asked(engine, **chosen)
    found = (reads.answer(engine, OWNER, filters, name) for name in ("attainment", *LINES))
    team, cells = found
    return team, cells


LINES = ("attainment_by_line",)


def test_coverage_is_what_is_due_over_what_is_left(database: Path) -> None:
    """160.10 of 400 are booked; of 673 open only 150 are due and not overdue."""
    all_of_it = row(filled(database))
    assert all_of_it["due_usd"] == Decimal("150.00")
    assert all_of_it["coverage"] == pytest.approx(150 / 239.90)
    assert all_of_it["coverage_full"] == pytest.approx(150 / 400)


def test_coverage_is_of_each_person(database: Path) -> None:
    engine = filled(database)
    assert row(engine, "Ana")["coverage"] == pytest.approx(150 / 99.90)
    assert row(engine, "Ben")["coverage"] == 0


@pytest.mark.parametrize(
    ("quotas", "day", "period"),
    [
        ("person,period,quota\nAna,2026-Q4,50\n", date(2026, 11, 25), "2026-Q4"),  # met
        ("person,period,quota\nAna,2026-Q4,0\n", date(2026, 11, 25), "2026-Q4"),  # nothing to reach
        ("", date(2026, 11, 25), "2026-Q4"),  # none known
        (QUOTAS, date(2026, 11, 25), "2026-Q3"),  # over
    ],
)
def test_there_is_no_coverage_of_what_needs_none(
    database: Path, quotas: str, day: date, period: str
) -> None:
    assert row(filled(database, quotas=quotas), period=period, as_of=day)["coverage"] is None


def test_the_last_day_of_a_period_is_over_at_its_evening(database: Path) -> None:
    engine = filled(database, DEALS + "D9,Ana,Acme,Open,7,2026-11-25,Data\n")
    chosen = {"period": "2026-10-01..2026-11-25"}
    assert row(engine, **chosen)["coverage"] is None
    assert row(engine, as_of=date(2026, 11, 24), **chosen)["coverage"] is not None


def test_a_win_rate_counts_deals_and_not_credits(database: Path) -> None:
    all_of_it = row(filled(database))
    assert (all_of_it["won_deals"], all_of_it["lost_deals"]) == (3, 1)
    assert all_of_it["win_rate"] == 0.75
    assert all_of_it["wilson_low"] < 0.75 < all_of_it["wilson_high"]


def test_an_own_quota_for_all_lines_leaves_the_lines_of_the_reports_standing(
    database: Path,
) -> None:
    engine = filled(database)
    cells = {
        (each["person_name"], each["product_line"]): each
        for each in rows_of(engine, "attainment_by_line", asked(engine))
    }
    dana = cells["Dana", "Cloud"]
    assert (dana["quota_usd"], dana["line_quota_usd"]) == (None, Decimal("400.00"))
    assert dana["attainment"] == pytest.approx(150.10 / 400)
    assert cells["Dana", ""]["quota_usd"] == Decimal("400.00")
    assert cells["All", "Data"]["line_quota_usd"] == Decimal("100.00")


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    path = tmp_path_factory.mktemp("lines") / "quarterdeck.duckdb"
    return kept(DuckDBEngine(path), everything.fill)


CHOSEN = some.fixed_dictionaries(
    {
        "period": some.sampled_from(
            ["2026", "2026-Q4", "2024-Q1", "2024-02", "2024-01-17..2024-03-05", "2026-11"]
        ),
        "as_of": some.dates(date(2024, 1, 1), date(2026, 11, 25)),
        "person_ids": some.sampled_from([(), (), ("ana",), ("noor",), ("ben", "dana"), ("ines",)]),
        "product_lines": some.sampled_from([(), (), ("Cloud",), ("Data", "Hosting")]),
        "channels": some.sampled_from([(), ("Partner",)]),
        "module_ids": some.sampled_from([(), ("north",)]),
        "strategic_only": some.booleans(),
        "basis": some.sampled_from(["amount", "amount", "tcv", "mrr", "acv"]),
    }
)


@given(CHOSEN)
@settings(
    max_examples=sized(30, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_lines_of_each_person_add_up_to_the_cent(
    everyone: DuckDBEngine, chosen: dict[str, Any]
) -> None:
    filters = asked(everyone, **chosen)
    booked: dict[str, Decimal] = defaultdict(Decimal)
    quota: dict[str, Decimal | None] = defaultdict(lambda: None)
    for cell in rows_of(everyone, "attainment_by_line", filters):
        booked[cell["person_id"]] += cell["booked_usd"]
        if cell["quota_usd"] is not None:
            quota[cell["person_id"]] = (quota[cell["person_id"]] or 0) + cell["quota_usd"]
    people = rows_of(everyone, "attainment", filters)
    assert {each["person_id"] for each in people} >= booked.keys() | quota.keys()
    for each in people:
        assert booked[each["person_id"]] == each["booked_usd"], (each, chosen)
        assert quota[each["person_id"]] == each["quota_usd"], (each, chosen)


@pytest.mark.parametrize("person", ["all", "dana", "noor", "ana"])
def test_the_file_behind_a_cell_adds_up_to_the_cell(everyone: DuckDBEngine, person: str) -> None:
    cells = [
        each
        for each in rows_of(everyone, "attainment_by_line", asked(everyone, "2026"))
        if each["person_id"] == person
    ]
    assert len(cells) > 1
    for cell in cells:
        people = () if person == "all" else (person,)
        behind = rows_of(
            everyone,
            "credited_deals",
            asked(everyone, "2026", person_ids=people),
            narrowed_by="line",
            narrowed_to=[cell["product_line"]],
        )
        total = sum((each["credit_usd"] or 0 for each in behind), Decimal(0))
        assert total == cell["booked_usd"]
        assert len({each["deal_id"] for each in behind}) == cell["won_deals"]


# What the page says


def test_the_headline_names_who_is_short_and_by_how_much(database: Path) -> None:
    filled(database).close()
    said = answer(opened(period="2026-Q4"))
    assert (
        said
        == "40 % of the $400 quota, $85 behind pace. Both executives are behind, Ben most ($124)."
    )


def test_one_may_be_behind_although_the_team_is_ahead(database: Path) -> None:
    """Ana is behind her own pace, Dana's team, by her smaller quota, ahead of it."""
    quotas = "person,period,quota\nAna,2026-Q4,200\nBen,2026-Q4,60\nDana,2026-Q4,200\n"
    filled(database, quotas=quotas).close()
    said = answer(opened(period="2026-Q4"))
    assert said == "80 % of the $200 quota, $38 ahead of pace. Only Ana is behind ($22)."


def test_a_period_that_has_not_begun_says_what_is_due(database: Path) -> None:
    filled(database, quotas=QUOTAS + "Ana,2027-Q1,Cloud,1000\n").close()
    screen = opened(period="2027-Q1")
    assert answer(screen) == "Q1 2027 has not begun: $33 is due against the $1.00 k quota."


def test_open_deals_and_nothing_won_leads_to_what_is_open(database: Path) -> None:
    rows = "deal id,owner,stage,amount,close date\nD1,Ana,Open,90,2026-12-05\n"
    filled(database, rows, quotas="").close()
    screen = opened(period="2026-Q4")
    assert "**1 deal is open.**" in told(screen)
    screen.button(key="to funnel").click().run()
    assert answer(screen).startswith("$90 is open in 1 deal")


def test_nothing_open_and_nothing_won_leads_to_upload(database: Path) -> None:
    rows = "deal id,owner,stage,amount,close date\nD1,Ana,Lost,90,2026-11-05\n"
    filled(database, rows, quotas="").close()
    screen = opened(period="2026-Q4")
    screen.button(key="to upload").click().run()
    assert answer(screen) == "Nothing is dropped yet."


def test_a_period_that_is_over_says_who_missed_it_and_why_nothing_covers_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database).close()
    monkeypatch.setenv(clock.VARIABLE, "2027-02-01")
    screen = opened(period="2026-Q4")
    assert answer(screen).endswith("All 2 missed quota.")
    assert "Q4 2026 is over" in told(screen)


def test_a_basis_without_quotas_is_the_reason(database: Path) -> None:
    deals = (
        "deal id,owner,account,stage,mrr,term in months,close date\nD1,Ana,A,Won,5,12,2026-10-05\n"
    )
    filled(database, deals, quotas="person,period,quota\nAna,2026-Q4,50\n").close()
    screen = opened(period="2026-Q4", basis="mrr")
    assert "no quota counts MRR, only amount" in told(screen)
    assert "Type them in" not in told(screen)


def test_a_choice_that_cuts_the_bookings_but_no_quota_is_said(database: Path) -> None:
    rows = DEALS.replace("product line\n", "product line,channel\n", 1)
    filled(
        database, rows.replace("Cloud\n", "Cloud,Partner\n").replace("Data\n", "Data,\n")
    ).close()
    assert "none is split" not in told(opened(period="2026-Q4", product_line="Cloud"))
    said = told(opened(period="2026-Q4", channel="Partner", strategic="yes"))
    assert "of the whole quota: none is split by channel or strategic account" in said


def test_a_line_that_quotas_do_not_know_is_the_reason(database: Path) -> None:
    filled(database, quotas="person,period,quota\nAna,2026-Q4,50\n").close()
    screen = opened(period="2026-Q4", product_line="Data")
    assert "no quota is for Data" in told(screen)


def test_quotas_without_lines_leave_the_map_with_what_is_booked(database: Path) -> None:
    filled(database, quotas="person,period,quota\nAna,2026-Q4,50\n").close()
    assert "No quota names a product line" in told(opened(period="2026-Q4"))


def test_quota_and_win_rate_stand_in_one_line_with_their_counts(database: Path) -> None:
    filled(database).close()
    screen = opened(period="2026-Q4")
    assert "3 of 4 decided deals, likely 30–95 %" in told(screen)
    assert "2 of 2 executives have one" in told(screen)


def test_the_row_of_everyone_says_whose_quota_it_is_measured_by(database: Path) -> None:
    own = "Dana,2026-Q4,Cloud,300\nDana,2026-Q4,Data,100\n"
    quotas = QUOTAS.replace("Dana,2026-Q4,,400\n", own)
    filled(database, quotas=quotas).close()
    note = "Everyone: of the quota on top of the page, not of the sum of these."
    assert note in told(opened(period="2026-Q4"))


def test_one_manager_is_over_assigned_to_the_percent(database: Path) -> None:
    filled(database).close()
    said = told(opened(period="2026-Q4"))
    assert "2 people add to $160.10; difference 0.00." in said
    assert "2 quotas add to $500; Dana's own is $400: over-assigned +25 %." in (
        said.replace("**", "")
    )


def test_each_manager_is_held_against_the_reports(database: Path) -> None:
    team, _ = frames(filled(database, DEALS + "D9,Dana,Acme,Won,7.07,2026-10-09,Data\n"))
    (dana,) = adding_up.managers(team)
    assert "2 reports booked $160.10; difference $7.07, booked alone" in plain_spaces(dana)


def test_cents_are_added_as_whole_numbers() -> None:
    assert adding_up.cents([0.1] * 3 + [1e9 + 0.07]) == 100_000_000_037


# The map


def test_the_map_holds_every_column_the_picture_names(database: Path) -> None:
    team, cells = frames(filled(database))
    drawn = lines.heat_rows(cells, team, standing.shown(team, "Executives"), points=15)
    spec = str(house.constant(attainment.heat, "dark"))
    assert "@" not in spec
    assert all(name in spec for name in drawn.columns)


def test_colour_begins_at_the_tolerance_and_a_cell_without_quota_has_none(database: Path) -> None:
    """Together 32 %: Ana's Cloud 90 % is ahead, her Data 10 % behind, Ben's 20 % neither."""
    team, cells = frames(filled(database))
    drawn = lines.heat_rows(cells, team, standing.shown(team, "Executives"), points=15)
    at = {(one["row_name"], one["line_name"]): one for one in drawn.to_dict("records")}
    assert at["Ana", "Cloud"]["shade"] > 0
    assert at["Ana", "Data"]["is_behind"]
    assert not at["Ben", "Cloud"]["is_behind"]
    assert (at["Ben", "Data"]["shade"], at["Ben", "Data"]["label"]) == (0, "–")
    assert plain_spaces(at["Ben", "All lines"]["label"]) == "20 %"


@pytest.mark.parametrize(
    ("distance", "shade"), [(-0.14, 0), (0.14, 0), (-0.15, -0.5), (0.15, 0.5), (-0.9, -1), (0, 0)]
)
def test_fifteen_points_are_the_border(distance: float, shade: float) -> None:
    assert lines.shaded(distance, 15) == pytest.approx(shade)


# The click


def test_the_newest_click_holds_and_letting_go_widens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    bar, cell = [{"bar_id": "ana"}], [{"person_id": "ben", "product_line": "Cloud"}]
    assert picking.latest(bar, []) == bar[0]
    assert picking.latest(bar, cell) == cell[0]
    assert picking.latest([{"bar_id": "dana"}], cell) == {"bar_id": "dana"}
    assert picking.latest([], cell) == cell[0]
    assert picking.latest([], []) == {}


ALL = lines.ALL_LINES


@pytest.mark.parametrize(
    ("bar", "cell", "name", "booked"),
    [
        ("", (), "the total", 160.10),
        ("ana", (), "Ana", 100.10),
        ("line Cloud", (), "Cloud", 150.10),
        ("", ("ana", "Data"), "Ana in Data", 10),
        ("", ("all", "Data"), "Data", 10),
        ("", ("ben", ALL), "Ben", 60),
        ("", ("all", ALL), "the total", 160.10),
        ("", ("ben", "Data"), "Ben in Data", 0),
        ("gone", (), "the total", 160.10),
    ],
)
def test_a_click_names_whose_deals_follow_and_what_they_add_up_to(
    database: Path, bar: str, cell: tuple[str, str] | tuple[()], name: str, booked: float
) -> None:
    team, cells = frames(filled(database))
    bars = [{"bar_id": bar.removeprefix("line ")}] if bar else []
    fields = [dict(zip(("person_id", "product_line"), cell, strict=True))] if cell else []
    of_lines = bar.startswith("line ")
    st.session_state.clear()
    found = picking.picked(bars, fields, of_lines=of_lines, team=team, cells=cells)
    assert (found.name, found.booked_usd) == (name, pytest.approx(booked))
