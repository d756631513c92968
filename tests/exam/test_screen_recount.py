"""Does the page of a real export show what a count by hand gives, to the cent?"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from quarterdeck.engine import DuckDBEngine
from tests import screen
from tests.conftest import MAVEN, MAVEN_FILES, NEEDS_MAVEN, TODAY, hashes
from tests.exam import figures, recount
from tests.exam.test_recount import settings
from tests.screen import Seen, looking, serving

pytestmark = [
    pytest.mark.exam,
    *screen.IN_BROWSER,
    NEEDS_MAVEN,
]


def drop(seen: Seen) -> None:
    """All four files at once, committed by one click."""
    seen.open("/upload")
    files = [MAVEN / f"{name}.csv" for name in MAVEN_FILES]
    seen.page.locator('input[type="file"]').set_input_files(files)
    commit = seen.page.get_by_role("button", name="Commit all 4 files")
    expect(commit).to_be_visible(timeout=30_000)
    seen.settled()
    commit.click()
    expect(seen.page.get_by_text("sales_pipeline.csv is in: 8,800 new.")).to_be_visible(
        timeout=30_000
    )
    seen.settled()


def address(period: str, as_of: object, people: list[str]) -> str:
    names = "".join(f"&person={quote(name)}" for name in people)
    return f"/attainment?period={period}&as_of={as_of}{names}"


def test_a_real_export_dropped_on_the_page_is_shown_and_taken_back(
    chromium: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "own.duckdb"
    empty = hashes(DuckDBEngine(tmp_path / "none.duckdb"))
    with serving(path, str(TODAY)) as home, looking(chromium, home) as seen:
        drop(seen)
        seen.click("Attainment", "link")
        assert seen.settled().answer == "$2.80 M booked in Q4 2017 by 30 executives."
        assert "$2,802,496.00 to the cent" in seen.text
        assert seen.bars()["Rocco Neubert"] == "$513,705.00"
        seen.page.get_by_text("Executives", exact=True).click()
        seen.settled().page.get_by_text("Show all").click()
        assert seen.settled().bars()["Reed Clapper"] == "$123,580.00"
        asked = settings(recount.read(MAVEN), figures.sized(3, 10))
        for period, as_of, people in asked:
            found = recount.attainment(recount.read(MAVEN), *recount.days_of(period), as_of, people)
            deals, booked = found["All"]
            text = seen.open(address(period, as_of, people)).text
            if deals:
                assert f"${booked:,.2f} to the cent" in text, (period, as_of, people)
            else:
                assert "to the cent" not in text.split("Everyone")[0]
        seen.click("Upload", "link")
        for left in range(len(MAVEN_FILES), 0, -1):
            seen.settled().page.get_by_role("button", name="Undo").first.click()
            expect(seen.page.get_by_role("button", name="Undo")).to_have_count(left - 1)
    engine = DuckDBEngine(path)
    assert hashes(engine) == empty
    engine.close()
    figures.record(
        "The page of a real export equals a count by hand",
        f"four files dropped in Chromium, bars and {len(asked)} random settings read off the page, "
        "0 differ; taken back, every table as before",
    )
