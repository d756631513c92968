"""The deck as a person meets it: filters, a shared link, back and forward, bars to deals, Find."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from quarterdeck.engine import DuckDBEngine
from tests import everything, screen
from tests.kept import kept
from tests.screen import Seen, looking, plain_spaces, serving

pytestmark = screen.IN_BROWSER
Visit = Callable[..., AbstractContextManager[Seen]]
FOCUSED_LIST = '[class*="st-key-list"] button:focus'
BAR = re.compile(r"(.*): (\d[\d,]*) deals?, \$([\d,]+\.\d\d)")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("deck") / "quarterdeck.duckdb"
    engine = DuckDBEngine(path)
    kept(engine, everything.fill)
    engine.close()
    with serving(path, "2026-11-25") as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, home: str) -> Visit:
    return lambda **how: looking(chromium, home, **how)


def figures(seen: Seen) -> list[str]:
    """The large numbers of the page."""
    return [
        plain_spaces(text)
        for text in seen.page.locator('[data-testid="stMetricValue"]').all_inner_texts()
    ]


def opened(seen: Seen, key: str) -> Locator:
    """What a word of the filter sentence opens."""
    seen.page.locator(f".st-key-{key} button").first.click()
    body = seen.page.locator('[data-testid="stPopoverBody"]')
    expect(body).to_be_visible()
    return body


def closed(seen: Seen) -> None:
    seen.page.keyboard.press("Escape")
    seen.settled()


def typed(seen: Seen, body: Locator, label: str, words: str) -> None:
    """Choose from a list by typing, as a keyboard does."""
    body.get_by_label(label).first.click()
    seen.page.keyboard.type(words)
    seen.page.keyboard.press("Enter")
    seen.settled()


def with_five_filters(seen: Seen) -> None:
    seen.open("/attainment?period=2026-Q4")
    opened(seen, "period").get_by_role("radio", name="Year").click()
    closed(seen)
    typed(seen, opened(seen, "who"), "People and teams", "Dana")
    closed(seen)
    body = opened(seen, "what")
    typed(seen, body, "Product lines", "Cloud")
    seen.page.keyboard.press("Escape")
    closed(seen)
    body = opened(seen, "what")
    body.get_by_text("Strategic accounts only").click()
    closed(seen)
    opened(seen, "basis").get_by_text("ACV", exact=True).click()
    closed(seen)


def test_five_filters_make_a_link_that_shows_the_same_in_another_browser(visit: Visit) -> None:
    with visit() as seen:
        with_five_filters(seen)
        assert seen.asked == {
            "period": ["2026"],
            "person": ["Dana"],
            "product_line": ["Cloud"],
            "strategic": ["yes"],
            "basis": ["acv"],
        }
        seen.page.locator(".st-key-share button").first.click()
        link = seen.page.locator('[data-testid="stPopoverBody"] code').inner_text()
        shown = (seen.answer, figures(seen))
    with visit() as other:
        other.open(link.removeprefix(other.home))
        assert (other.answer, figures(other)) == shown
        other.open(f"/funnel?{link.split('?')[1]}")
        assert "Cloud" in other.text


def test_back_and_forward_walk_through_what_was_chosen(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/funnel?period=2026-Q4")
        before = seen.answer
        body = opened(seen, "what")
        typed(seen, body, "Product lines", "Cloud")
        seen.page.keyboard.press("Escape")
        closed(seen)
        narrowed = seen.answer
        assert narrowed != before
        seen.page.go_back()
        expect(seen.page.locator(".st-key-what button").first).to_contain_text("all lines")
        assert seen.settled().answer == before
        seen.page.go_forward()
        expect(seen.page.locator(".st-key-what button").first).to_contain_text("Cloud")
        assert seen.settled().answer == narrowed


def test_the_file_behind_a_stage_adds_up_to_its_bar(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/funnel?period=2026-Q4")
        bar = seen.page.locator('path[aria-roledescription="bar"]').first
        expect(bar).to_be_attached(timeout=10_000)
        said = BAR.fullmatch(bar.get_attribute("aria-label") or "")
        assert said
        stage, deals, amount = said.groups()
        bar.click()
        title = seen.page.locator("h3", has_text=f"Open deals in {stage}")
        expect(title).to_be_visible(timeout=10_000)
        seen.settled()
        with seen.page.expect_download() as saved:
            seen.page.get_by_role("button", name=re.compile(r"CSV")).last.click()
        rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"))))
        assert len({row["deal_id"] for row in rows}) == int(deals.replace(",", ""))
        total = sum(Decimal(row["open_usd"] or 0) for row in rows)
        assert total == Decimal(amount.replace(",", ""))
        bar.click()
        expect(title).to_have_count(0)


@pytest.mark.parametrize(
    ("opens", "title"), [("funnel", "Open deals in "), ("attainment", "Deals behind ")]
)
def test_the_deals_of_a_bar_are_reached_by_keyboard_alone(
    visit: Visit, opens: str, title: str
) -> None:
    with visit() as seen:
        seen.open(f"/{opens}?period=2026-Q4")
        seen.settled()
        while not seen.page.locator(FOCUSED_LIST).count():
            seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        offered = seen.page.get_by_role("radiogroup", name="Show the deals of")
        expect(offered).to_be_visible(timeout=10_000)
        while not offered.locator("*:focus").count():
            seen.page.keyboard.press("Tab")
        name = offered.locator("label").nth(1).inner_text().split(":")[0]
        seen.page.keyboard.press("ArrowDown")
        expect(seen.page.locator("h3", has_text=f"{title}{name}")).to_have_count(1, timeout=10_000)
        closed(seen)
        expect(seen.page.locator(FOCUSED_LIST)).to_have_count(1)


def test_find_leads_to_a_person_and_to_a_page_by_keyboard_alone(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/funnel?period=2026-Q4")
        seen.page.keyboard.press("Control+k")
        box = seen.page.get_by_placeholder("A name, or a part of it")
        expect(box).to_be_visible()
        for _ in range(2):
            seen.page.keyboard.press("Tab")
        expect(box).to_be_focused()
        seen.page.keyboard.type("noor")
        found = seen.page.locator('[role="dialog"]').get_by_role("button", name="Noor director")
        expect(found).to_be_visible()
        found.focus()
        seen.page.keyboard.press("Enter")
        expect(seen.question("Who is on track for quota?")).to_be_visible()
        assert seen.settled().asked["person"] == ["Noor"]


def test_an_as_of_before_everything_says_since_when_it_is_known(visit: Visit) -> None:
    with visit() as seen:
        seen.open("/funnel?as_of=1999-01-01")
        assert "What is known begins on" in seen.text
