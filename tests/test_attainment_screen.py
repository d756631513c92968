"""Attainment in a real browser: a click on the map, the deals behind it, and their file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from quarterdeck.engine import DuckDBEngine
from tests import invented, screen
from tests.conftest import commit, looked_at
from tests.kept import kept
from tests.screen import PHONE, Seen, faults_of, looking, serving
from tests.test_attainment_page import DEALS, QUOTAS, TEAM

pytestmark = screen.IN_BROWSER
PAGE = "/attainment?period=2026-Q4"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("map") / "quarterdeck.duckdb"
    engine = DuckDBEngine(path)
    for name, text in (("people", TEAM), ("deals", DEALS), ("quotas", QUOTAS)):
        commit(engine, looked_at(engine, text, f"{name}.csv"))
    engine.close()
    with serving(path, "2026-11-25") as address:
        yield address


def click(seen: Seen, words: str) -> None:
    seen.page.locator(f'path[aria-label^="{words}"]').first.click()
    seen.settled()


def adds_up_to(seen: Seen) -> Decimal:
    with seen.page.expect_download() as coming:
        seen.page.get_by_role("button", name="as CSV").last.click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    rows = csv.DictReader(text.splitlines())
    return sum((Decimal(row["credit_usd"]) for row in rows), Decimal(0))


def test_a_click_on_a_cell_shows_its_deals_and_a_second_one_all_again(
    chromium: Browser, home: str
) -> None:
    with looking(chromium, home) as seen:
        seen.open(PAGE)
        click(seen, "Ana, Cloud: $90.10")
        expect(seen.page.get_by_text("Deals behind Ana in Cloud: 1, $90.10")).to_be_visible()
        assert adds_up_to(seen) == Decimal("90.10")
        click(seen, "Ben, Cloud: $60.00")
        expect(seen.page.get_by_text("Deals behind Ben in Cloud: 1, $60.00")).to_be_visible()
        click(seen, "Ben, Cloud: $60.00")
        expect(seen.page.get_by_text("Deals behind the total: 3, $160.10")).to_be_visible()
        assert adds_up_to(seen) == Decimal("160.10")


def test_a_click_on_a_product_line_shows_its_deals(chromium: Browser, home: str) -> None:
    with looking(chromium, home) as seen:
        seen.open(PAGE).click("Product lines", "radio")
        assert seen.bars() == {"Cloud": "$150.10", "Data": "$10.00"}
        click(seen, "Cloud: booked")
        expect(seen.page.get_by_text("Deals behind Cloud: 2, $150.10")).to_be_visible()
        assert adds_up_to(seen) == Decimal("150.10")
        click(seen, "Ana, All lines: $100.10")
        expect(seen.page.get_by_text("Deals behind Ana: 2, $100.10")).to_be_visible()


def test_the_map_fits_a_phone(chromium: Browser, home: str) -> None:
    with looking(chromium, home, viewport=PHONE) as seen:
        seen.open(PAGE)
        wide = seen.page.evaluate(
            "() => { const box = document.querySelector('[data-testid=stMain]');"
            " return box.scrollWidth - box.clientWidth; }"
        )
        assert wide <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_the_map_is_out_of_reach(chromium: Browser, home: str, scheme: str) -> None:
    with looking(chromium, home, scheme=scheme) as seen:
        seen.open(PAGE).page.wait_for_timeout(600)
        assert not faults_of(seen.page)


def test_everyone_stays_the_last_row_when_more_people_are_shown(
    chromium: Browser, tmp_path: Path
) -> None:
    """A picture refilled with more rows keeps no old order."""
    engine = DuckDBEngine(tmp_path / "quarterdeck.duckdb")
    kept(engine, invented.fill)
    split = "deal id,owner,account,stage,amount,close date,product line\n"
    split += "x1,Alma Reyes,Acme,Won,7,2017-10-05,Data\n"
    commit(engine, looked_at(engine, split, "deals.csv", exported_on=date(2017, 11, 20)))
    engine.close()
    with serving(tmp_path / "quarterdeck.duckdb") as home, looking(chromium, home) as seen:
        seen.open("/attainment?period=2017-Q4").click("Executives", "radio")
        assert rows(seen)[-1] == "Everyone"
        seen.page.get_by_text("Show all").click()
        seen.settled()
        assert len(rows(seen)) > 35
        assert rows(seen)[-1] == "Everyone"


def rows(seen: Seen) -> list[str]:
    """The people of the map, from top to bottom."""
    seen.page.wait_for_timeout(800)
    found = seen.page.locator('path[aria-label*=", All lines: "]').all()
    ordered = sorted(found, key=lambda each: (each.bounding_box() or {"y": 0})["y"])
    return [(each.get_attribute("aria-label") or "").split(", All")[0] for each in ordered]
