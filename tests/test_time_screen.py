"""Three weekly exports, dropped in the wrong order: does their history close?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, expect

from quarterdeck import demo
from quarterdeck.engine import MEMORY, DuckDBEngine
from tests import screen
from tests.screen import Seen, looking, serving

pytestmark = screen.IN_BROWSER
TODAY = date(2026, 11, 25)


def drop(seen: Seen, file: Path) -> None:
    seen.open("/upload").page.locator('input[type="file"]').set_input_files(file)
    commit = seen.page.get_by_role("button", name=re.compile(r"^Commit [\d,]+"))
    expect(commit).to_be_enabled(timeout=20_000)
    seen.settled()
    commit.click()
    expect(seen.page.get_by_text(f"{file.name} is in: ")).to_be_visible(timeout=30_000)


def test_weekly_exports_dropped_out_of_order_tell_one_history(
    chromium: Browser, tmp_path: Path
) -> None:
    made = demo.fill(DuckDBEngine(MEMORY), TODAY, months=2)
    first, middle, last = demo.write_exports(made, tmp_path)
    day = middle.stem.removeprefix("opportunities_")
    with serving(tmp_path / "own.duckdb", str(TODAY)) as home:
        with looking(chromium, home) as seen:
            for file in (last, first, middle):
                drop(seen, file)
            seen.open("/funnel?period=2026-Q4")
            assert "residual 0.00" in seen.text
            now = seen.answer
            seen.open(f"/funnel?period=2026-Q4&as_of={day}")
            assert "as it was that evening" in seen.text
            assert "residual 0.00" in seen.text
            then = seen.answer
            assert then != now
            seen.page.locator(".st-key-share button").first.click()
            link = seen.page.locator('[data-testid="stPopoverBody"] code').inner_text()
        with looking(chromium, home) as other:
            other.open(link.removeprefix(other.home))
            assert other.answer == then
            other.click("Back to today")
            assert other.answer == now
