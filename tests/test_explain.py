"""Every number on every page says what it means, and what others would call by its name."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from quarterdeck import catalog, glossary, metrics
from quarterdeck.metrics import Rival
from quarterdeck.ui import downloads
from tests.conftest import asked, rows_of
from tests.screen import plain_spaces
from tests.test_pages import opened

PAGES = sorted(glossary.PAGES.glob("*.py"))
EXPLAINS = re.compile(r"explain (?:card|figure) (\w+)")
TEAM = "name,manager\nAna,Dana\nBen,Dana\n"
QUOTAS = "person,period,quota\nAna,2026-Q4,100\nBen,2026-Q4,300\nDana,2026-Q4,900\n"
DEALS = (
    "deal id,owner,account,stage,amount,created,close date,actual close date\n"
    "D1,Ana,Acme,Won,90,2026-08-01,2026-10-05,2026-10-06\n"
    "D2,Ben,Acme,Won,30,2026-08-01,2027-01-09,2026-11-02\n"
    "D3,Ben,Birch,Won,7,2026-08-01,2026-10-09,2026-09-30\n"
    "D4,Ana,Birch,Open,50,2026-08-01,2026-12-20,\n"
    "D5,Ana,Birch,Open,60,2026-08-01,2026-11-01,\n"
    "D6,Ana,Birch,Open,,2026-08-01,,\n"
    "D7,Ana,Cedar,Lost,9,2026-08-01,2026-10-20,\n"
)


def explained(screen: AppTest) -> dict[str, str]:
    """The key of each explanation on the page, and the number it is about."""
    keys = (getattr(node, "key", None) for node in screen.main if node.type == "popover")
    found = {key: EXPLAINS.match(key) for key in keys if key}
    return {key: match[1] for key, match in found.items() if match}


def open_all(screen: AppTest, keys: list[str]) -> None:
    for key in keys:
        screen.session_state[key] = True
    screen.run()
    assert not screen.exception, screen.exception[0].stack_trace


def rival_table(screen: AppTest, key: str) -> dict[str, str]:
    (found,) = screen.main.get_by_key(key).get("table")
    rows = found.value.itertuples(index=False)
    return {str(words): plain_spaces(str(now)).replace("\\", "") for words, now in rows}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_figure_and_card_opens_on_its_formula(filled: Path, path: Path) -> None:
    screen = opened(path)
    assert not screen.exception, screen.exception[0].stack_trace
    about = explained(screen)
    open_all(screen, [*about])
    for key, name in about.items():
        said = [code.value for code in screen.main.get_by_key(key).get("code")]
        assert said == [glossary.formulas(name)]
        assert metrics.metrics()[name].formula in said[0].replace("\n    ", "\n")


def test_attainment_has_explanations_to_open(filled: Path) -> None:
    assert {"booked_usd", "quota_usd", "attainment", "gap_usd"} <= {*explained(opened()).values()}


def test_a_closed_explanation_sends_nothing(filled: Path) -> None:
    screen = opened()
    (key, *_) = explained(screen)
    assert not screen.main.get_by_key(key).get("code")
    assert not screen.main.get_by_key(key).get("download_button")


def test_an_explanation_says_meaning_unit_and_how_fresh_it_is(filled: Path) -> None:
    screen, key = opened(), "explain figure attainment"
    open_all(screen, [key])
    inside = screen.main.get_by_key(key)
    said = "\n".join(each.value for each in [*inside.get("markdown"), *inside.get("caption")])
    assert "**Attainment: booked ÷ full-period quota" in said
    assert "A ratio; more is better." in said
    assert "As of today, Mon 20 Nov, from the export of 19 Nov 2017; asked at" in said


def test_rivals_stand_beside_the_number_with_what_they_give_now(filled: Path) -> None:
    screen, key = opened(), "explain figure attainment"
    open_all(screen, [key])
    rows = rival_table(screen, key)
    assert rows["**as defined here**"] == "**48 %**"
    assert re.fullmatch(r"\d+ %", rows["mean of the executives' percentages"])
    assert rows["**as defined here**"].strip("*") != rows["mean of the executives' percentages"]


def test_a_rival_without_a_number_is_a_dash_and_says_what_it_needs(filled: Path) -> None:
    screen, key = opened(), "explain figure booked_usd"
    open_all(screen, [key])
    rows = rival_table(screen, key)
    assert rows["by invoice date :gray[needs invoices]"] == "–"
    assert rows["by the close date last forecast"].startswith("$")


def test_the_file_behind_an_explanation_is_asked_for_at_the_click(filled: Path) -> None:
    screen, key = opened(), "explain figure attainment"
    open_all(screen, [key])
    (file,) = screen.main.get_by_key(key).get("download_button")
    assert file.label == "Numbers as CSV"


def test_a_file_with_more_parameters_holds_only_those_rows(engine, drop, monkeypatch) -> None:
    drop(DEALS)
    made = []
    monkeypatch.setattr(downloads.session, "engine", lambda: engine)
    monkeypatch.setattr(
        downloads, "download_bytes", lambda label, file, name, key: made.append(file)
    )
    downloads.download("", "credited_deals", asked(engine), key="x", rows_shown=1)
    rows = [*csv.reader(io.StringIO(made[0]().decode("utf-8-sig")))]
    assert [row[0] for row in rows] == ["deal_id", "D1"]


@pytest.fixture
def others(engine, drop):
    drop(TEAM, "people.csv", exported_on=date(2026, 9, 1))
    drop(QUOTAS, "quotas.csv", exported_on=date(2026, 9, 1))
    drop(DEALS)
    return lambda **chosen: rows_of(engine, "other_definitions", asked(engine, **chosen))[0]


def test_the_mean_of_percentages_leaves_the_size_of_quotas_out(others) -> None:
    assert others()["mean_attainment"] == pytest.approx((90 / 100 + 30 / 300) / 2)


def test_nobody_with_a_quota_has_no_mean(others) -> None:
    assert others(period="1999-Q1")["mean_attainment"] is None


def test_booked_by_forecast_close_moves_deals_between_quarters(others) -> None:
    """D2 closed in the quarter but was due after it; D3 closed before it and was due in it."""
    assert others()["booked_by_close_usd"] == Decimal("97.00")
    assert others(period="2027-Q1")["booked_by_close_usd"] == Decimal("30.00")


def test_open_and_current_leaves_out_overdue_and_empty_deals(others) -> None:
    row = others()
    assert row["open_current_deals"] == 1
    assert row["open_due_usd"] == Decimal("110.00")


def test_a_deal_gone_from_a_full_export_counts_as_lost_for_others(others, drop) -> None:
    before = others()["lost_or_removed_deals"]
    drop(DEALS.replace("D5,Ana", "D9,Ana"), exported_on=date(2026, 11, 21), extent="full")
    assert others()["lost_or_removed_deals"] == before + 1


def test_rivals_are_read_from_their_lines() -> None:
    words = "on the full quota = coverage_full; by signature (needs a signature date); as some do"
    lines = f"--   rivals: {words}\n--   rivals: another\n"
    metric = metrics._metric("a", "A", "usd", "up", "m", lines, "a(b)", "    b;\n")
    assert metric.rivals == (
        Rival("on the full quota", "coverage_full"),
        Rival("by signature", needs="a signature date"),
        Rival("as some do"),
        Rival("another"),
    )


def test_coverage_is_said_as_a_multiple_and_a_share_is_not() -> None:
    coverage = replace(metrics.metrics()["ratio"], name="coverage_full")
    assert coverage.show(2.34) == "2.3×"
    assert coverage.show(None) == coverage.show(float("nan")) == "–"
    assert metrics.metrics()["ratio"].show(2.34) == "234\u202f%"


@pytest.mark.parametrize("name", metrics.metrics())
def test_every_metric_says_all_that_is_asked_of_it(name: str) -> None:
    metric = metrics.metrics()[name]
    assert metric.label
    assert metric.meaning
    assert metric.formula
    assert metric.rivals
    assert metric.unit in metrics.UNITS
    assert metric.good in metrics.GOOD
    assert metric.call.startswith(f"{name}(")


@pytest.mark.parametrize("name", metrics.metrics())
def test_every_rival_is_counted_or_says_what_it_needs(name: str) -> None:
    for rival in metrics.metrics()[name].rivals:
        assert rival.words
        assert bool(rival.name) != bool(rival.needs), rival
        assert not rival.name or rival.name in metrics.metrics(), rival


def test_no_formula_stands_without_a_metric_line() -> None:
    text = (catalog.QUERIES / "_metrics.sql").read_text(encoding="utf-8")
    assert re.findall(r"macro (\w+)\(", text) == [*metrics.metrics()]


@pytest.mark.parametrize("name", metrics.metrics())
def test_what_the_engine_runs_is_what_the_explanation_shows(name: str) -> None:
    metric = metrics.metrics()[name]
    body = metric.formula.replace("\n", "\n    ")
    text = (catalog.QUERIES / "_metrics.sql").read_text(encoding="utf-8")
    assert f"create or replace macro {metric.call} as\n    {body};" in text
    assert glossary.formulas(name).startswith(f"{metric.call} =\n    {body}")
