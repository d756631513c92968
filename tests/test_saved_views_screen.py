"""Is what somebody keeps found again in one click, by themselves and by those it is shared with?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests import screen
from tests.screen import PHONE, Seen, looking
from tests.test_demo_screen import first_start

pytestmark = screen.IN_BROWSER
DANA, RAY, WREN = "view=Dana+Whitlock", "view=Ray+Calloway", "view=Wren+Tanaka"
LONG = "W" * 30 + " " + "m" * 29


@pytest.fixture(scope="module")
def home(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("views")
    shutil.copy(made, folder / "demo.duckdb")
    with first_start(folder) as address:
        yield address


def views(seen: Seen) -> Locator:
    """The opened list of views."""
    seen.page.get_by_role("button", name="Views").click()
    opened = seen.page.get_by_test_id("stPopoverBody")
    expect(opened.get_by_role("button", name="Keep", exact=True)).to_be_visible()
    return opened


def keep(seen: Seen, name: str, *ticked: str) -> None:
    opened = views(seen)
    opened.get_by_label("Keep what is shown as").fill(name)
    for one in ticked:
        opened.get_by_text(one).first.click()
    opened.get_by_role("button", name="Keep", exact=True).click()
    expect(opened.get_by_role("button", name=name.split()[0])).to_be_visible()
    seen.settled().page.keyboard.press("Escape")


def test_what_is_kept_opens_from_another_page_after_a_reload_and_by_search(
    chromium: Browser, home: str
) -> None:
    with looking(chromium, home) as seen:
        seen.open(f"/funnel?{DANA}&period=2026-Q3&product_line=Cloud")
        expect(views(seen).get_by_text("No view is kept yet.")).to_be_visible()
        assert not screen.faults_of(seen.page)
        seen.page.keyboard.press("Escape")
        keep(seen, "Cloud in summer")
        seen.open(f"/attainment?{DANA}")
        opened = views(seen)
        assert not screen.faults_of(seen.page)
        opened.get_by_role("button", name="Cloud in summer").click()
        is_at(seen, "/funnel?period=2026-Q3&product_line=Cloud&view=Dana+Whitlock")
        expect(seen.page.get_by_test_id("stPopoverBody")).to_have_count(0)
        seen.open(f"/settings?{DANA}")
        seen.page.keyboard.press("Control+k")
        seen.page.get_by_placeholder("A name, or a part of it").fill("summer")
        seen.page.get_by_role("button", name="Cloud in summer").click()
        is_at(seen, "/funnel?period=2026-Q3&product_line=Cloud&view=Dana+Whitlock")
        change_and_delete(seen.settled())


def unfold(seen: Seen, opened: Locator) -> None:
    opened.get_by_text("Change one of yours").click()
    expect(opened.get_by_role("button", name="Delete")).to_be_visible()
    seen.still()


def is_at(seen: Seen, address: str) -> None:
    expect(seen.page).to_have_url(f"{seen.home}{address}")


def change_and_delete(seen: Seen) -> None:
    """Another name and what is shown now; then none of it."""
    seen.open(f"/funnel?{DANA}&basis=mrr")
    opened = views(seen)
    unfold(seen, opened)
    opened.get_by_label("Name", exact=True).fill("By month")
    opened.get_by_role("button", name="Save").click()
    expect(opened.get_by_role("button", name="By month")).to_be_visible()
    unfold(seen, opened)
    opened.get_by_role("button", name="Put what is shown in it").click()
    # What was changed is drawn anew, and closed.
    expect(opened.get_by_role("button", name="Put what is shown in it")).to_be_hidden()
    seen.settled().open(f"/quotas?{DANA}")
    views(seen).get_by_role("button", name="By month").click()
    is_at(seen, "/funnel?period=2026-Q4&basis=mrr&view=Dana+Whitlock")
    opened = views(seen.settled())
    unfold(seen, opened)
    opened.get_by_role("button", name="Delete").click()
    expect(opened.get_by_text("No view is kept yet.")).to_be_visible()


def test_the_view_that_opens_first_does_so_at_a_bare_address_and_nowhere_else(
    chromium: Browser, home: str
) -> None:
    with looking(chromium, home) as seen:
        seen.open(f"/quotas?{DANA}&period=2026&product_line=Cloud")
        keep(seen, "Cloud quotas", "Open this first on Quotas")
        opened = views(seen)
        opened.get_by_label("Keep what is shown as").fill("cloud  QUOTAS")
        opened.get_by_role("button", name="Keep", exact=True).click()
        expect(opened.get_by_text("already")).to_be_visible()
    for address, line in (("/quotas", ["Cloud"]), ("/quotas?period=2026", None), ("/funnel", None)):
        with looking(chromium, home) as seen:
            assert seen.open(address).asked.get("product_line") == line


def test_whoever_opens_a_shared_view_sees_their_own(chromium: Browser, home: str) -> None:
    with looking(chromium, home) as seen:
        seen.open(f"/attainment?{RAY}&person=Colin+Brandt")
        keep(seen, "Colin’s team", "Share with everybody")
        seen.open(f"/attainment?{RAY}&period=2026-Q3")
        keep(seen, "Between Ray and nobody")
    with looking(chromium, home) as seen:
        seen.open(f"/funnel?{WREN}")
        opened = views(seen)
        assert "Ray Calloway" not in opened.inner_text()
        assert "Between Ray" not in opened.inner_text()
        assert "Change one of yours" not in opened.inner_text()
        opened.get_by_role("button", name="Colin’s team").click()
        expect(seen.page.get_by_text("Nobody here is called “Colin Brandt”")).to_be_visible()
        assert seen.settled().path == "/attainment"
        assert set(seen.bars()) == {"Wren Tanaka"}


@pytest.mark.parametrize("scheme", ["dark"])
def test_a_long_name_fits_a_phone(chromium: Browser, home: str, scheme: str) -> None:
    with looking(chromium, home, viewport=PHONE, scheme=scheme) as seen:
        seen.open(f"/area?{RAY}")
        keep(seen, LONG, "Share with everybody")
        opened = views(seen)
        wide = opened.evaluate("box => [box.scrollWidth - box.clientWidth, box.clientWidth]")
        assert wide[0] <= 0
        assert wide[1] <= PHONE["width"]
        assert not screen.faults_of(seen.page)
