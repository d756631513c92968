"""As a director tries it: accounts move on trial, it is published and taken back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import screen
from tests.screen import PHONE, Seen, faults_of, looking, serving

pytestmark = screen.IN_BROWSER


@pytest.fixture(scope="module")
def home(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("territory") / "quarterdeck.duckdb"
    shutil.copy(made, path)
    with serving(path, "2026-11-25") as address:
        yield address


def tab(seen: Seen, name: str) -> Seen:
    seen.page.get_by_role("tab", name=name, exact=True).click()
    return seen.settled()


def test_the_map_asks_nobody_else_and_has_a_twin_for_the_keyboard(
    chromium: Browser, home: str
) -> None:
    with looking(chromium, home) as seen:
        seen.open("/territory")
        expect(seen.page.get_by_text("Who owns what?")).to_be_visible()
        assert not faults_of(seen.page)
        for each in ("Accounts and market", "Modules", "Try a realignment"):
            tab(seen, each)
            seen.page.wait_for_timeout(1500)
            assert not faults_of(seen.page), each
        seen.page.get_by_role("button", name="List").first.focus()
        seen.page.keyboard.press("Enter")
        expect(seen.page.get_by_text("Show only").first).to_be_visible()


def test_a_realignment_is_begun_moved_published_and_taken_back(
    chromium: Browser, home: str
) -> None:
    with looking(chromium, home) as seen:
        seen.open("/territory")
        page = seen.page
        page.get_by_label("Name", exact=True).fill("After a resignation")
        page.keyboard.press("Tab")
        seen.settled()
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_text("moves nothing yet")).to_be_visible(timeout=20_000)
        page.get_by_label("Search", exact=True).fill("Spokane Core")
        page.keyboard.press("Enter")
        seen.settled()
        page.get_by_role("combobox", name=re.compile("Give all")).click()
        page.keyboard.type("June Park")
        page.keyboard.press("Enter")
        seen.settled()
        page.get_by_role("button", name="Move them").click()
        expect(page.get_by_text("change hands")).to_be_visible(timeout=20_000)
        tab(seen, "What it does")
        expect(page.get_by_text("Who would hold what?")).to_be_visible()
        assert not faults_of(page)
        tab(seen, "Publish")
        page.get_by_role("button", name=re.compile("^Publish from")).click()
        expect(page.get_by_text("Who needs to know?")).to_be_visible(timeout=30_000)
        with page.expect_download() as letters:
            page.get_by_role("button", name=re.compile("^All letters")).click()
        assert letters.value.suggested_filename.endswith(".zip")
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_text("Is it still right?")).to_be_visible(timeout=30_000)


def test_a_name_chosen_in_a_cell_moves_the_account(chromium: Browser, home: str) -> None:
    with looking(chromium, home) as seen:
        page = seen.open("/territory").page
        page.get_by_role("button", name="New").click()
        page.get_by_label("Name", exact=True).fill("Typed in the table")
        page.keyboard.press("Enter")
        seen.settled()
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_text("moves nothing yet")).to_be_visible(timeout=20_000)
        page.get_by_label("Search", exact=True).fill("Ospreybarrow")
        page.keyboard.press("Enter")
        seen.settled()
        table = page.locator('[class*="st-key-plan-accounts"] canvas').first
        table.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        at = table.bounding_box()
        assert at
        page.mouse.dblclick(at["x"] + 250, at["y"] + 52)
        page.wait_for_timeout(500)
        page.keyboard.type("June")
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 account with")).to_be_visible(timeout=20_000)


def test_on_a_phone_nothing_sticks_out(chromium: Browser, home: str) -> None:
    with looking(chromium, home, PHONE, "dark") as seen:
        seen.open("/territory")
        seen.page.wait_for_timeout(1500)
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"]
        assert not faults_of(seen.page)
