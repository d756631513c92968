"""As a director and an executive use it: a talk prepared, a plan begun, answered and looked at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import screen
from tests.provider import Provided, signing_in
from tests.screen import PHONE, Seen, faults_of
from tests.test_signing_in import DAY, come, somebody

pytestmark = screen.IN_BROWSER
HERE = "/coaching?period=2026-Q4"


@pytest.fixture(scope="module")
def deck(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provided]:
    path = tmp_path_factory.mktemp("coaching") / "quarterdeck.duckdb"
    shutil.copy(made, path)
    with signing_in(path, DAY) as provided:
        yield provided


def card(seen: Seen, name: str) -> str:
    return seen.page.locator(f".st-key-{name.replace(' ', '-')}").inner_text()


def test_the_team_and_each_page_have_no_fault_on_a_desk_and_a_phone(
    chromium: Browser, deck: Provided
) -> None:
    with somebody(chromium) as context:
        seen = come(context, deck, "Dana Whitlock", HERE)
        expect(seen.page.get_by_text("Who needs what?")).to_be_visible()
        assert not faults_of(seen.page)
        seen.page.get_by_role("button", name="Wren Tanaka", exact=True).click()
        seen.settled()
        assert "What does Wren Tanaka need next?" in seen.text
        assert not faults_of(seen.page)
        for each in ("Learning", "1:1s", "Scores", "Praise", "Deals behind"):
            seen.page.get_by_role("tab", name=each).click()
            seen.settled()
            assert not faults_of(seen.page), each
        seen.page.set_viewport_size(PHONE)
        seen.page.wait_for_timeout(1500)
        across = seen.page.evaluate("document.scrollingElement.scrollWidth")
        assert across <= PHONE["width"]


def test_a_plan_is_closed_the_next_begun_shared_answered_and_a_talk_is_logged(
    chromium: Browser, deck: Provided
) -> None:
    with somebody(chromium) as theirs, somebody(chromium) as ours:
        dana = come(ours, deck, "Dana Whitlock", f"{HERE}&person=Wren%20Tanaka")
        (page := dana.page).get_by_role("button", name="Close it").click()
        page.get_by_text("Cannot tell", exact=True).click()
        page.get_by_role("button", name="Close the plan").click()
        expect(page.get_by_role("button", name="Begin a plan")).to_be_visible(timeout=20_000)
        dana.settled()
        page.get_by_role("button", name="Begin a plan").click()
        page.get_by_role("button", name="Share with Wren").click()
        expect(page.get_by_text("Shared, not answered yet")).to_be_visible(timeout=20_000)
        dana.settled()
        page.get_by_role("button", name="Log the 1:1").click()
        page.get_by_label("Notes", exact=True).fill("The plan, line by line")
        page.get_by_label("For myself alone").fill("Seems unsure of the numbers")
        page.get_by_role("button", name="Write it down").click()
        dana.settled()
        page.get_by_role("tab", name="1:1s").click()
        expect(page.get_by_text("The plan, line by line")).to_be_visible(timeout=20_000)
        wren = come(theirs, deck, "Wren Tanaka", HERE)
        assert "What do I need next?" in wren.text
        assert "Seems unsure" not in wren.text
        wren.page.get_by_label("Your answer").fill("Yes, from Monday")
        wren.page.keyboard.press("Tab")
        wren.page.get_by_role("button", name="I agree").click()
        expect(wren.page.get_by_text("Wren Tanaka agreed")).to_be_visible(timeout=20_000)
        wren.page.get_by_role("tab", name="1:1s").click()
        expect(wren.page.get_by_text("The plan, line by line")).to_be_visible(timeout=20_000)
        assert wren.page.get_by_role("button", name="Open my private notes").count() == 0
        dana.open(f"{HERE}&person=Wren%20Tanaka")
        expect(page.get_by_text("Yes, from Monday")).to_be_visible()


def test_a_finished_plan_says_what_it_came_to(chromium: Browser, deck: Provided) -> None:
    with somebody(chromium) as context:
        seen = come(context, deck, "Dana Whitlock", f"{HERE}&person=Idris%20Okafor")
        expect(seen.page.get_by_text("Effect beside the rest of the team")).to_be_visible()
        assert "What was learned" in seen.text


def test_whoever_stands_above_reads_no_draft_and_no_private_word(
    chromium: Browser, deck: Provided
) -> None:
    with somebody(chromium) as context:
        seen = come(context, deck, "Ray Calloway", f"{HERE}&person=Wren%20Tanaka")
        assert "What does Wren Tanaka need next?" in seen.text
        seen.page.get_by_role("tab", name="1:1s").click()
        seen.settled()
        assert "Open my private notes" not in seen.text
        assert "Seems tired" not in seen.text
