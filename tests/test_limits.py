"""What is too much is said, and loses nothing."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.staging import Dropped, Staged, stage
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests import screen
from tests.screen import ROOT, looking, serving

needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no disk that is always full"
)
MEGABYTE = 2**20


@needs_full
def test_an_answer_that_finds_no_room_is_said_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quarterdeck", "--db", str(tmp_path / "own.duckdb")]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*command, "answer", "team", "--json"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "There is no room for the answer where it goes. What was done stands."
    )


def committed_at_once(engine: DuckDBEngine, files: tuple[bytes, bytes]) -> list[str]:
    """What two tabs hear that saw their previews before either committed."""
    today = date(2026, 11, 25)
    drops = [Dropped(f"tab {at}.csv", content) for at, content in enumerate(files)]
    staged = [stage(engine, drop, scope=OWNER, today=today) for drop in drops]

    def commit(one: Staged) -> str:
        try:
            changes = commit_import(engine, one, scope=OWNER, key=new_key())["changes"]
        except Refused as refused:
            return refused.what
        return f"{changes['new']} new"

    with ThreadPoolExecutor(2) as tabs:
        return sorted(tabs.map(commit, staged))


def test_two_tabs_that_commit_one_file_at_once_write_it_once(engine: DuckDBEngine) -> None:
    for number in range(10):
        file = f"Deal ID,Owner,Stage,Amount\n{number},Ana,Proposal,10\n".encode()
        assert committed_at_once(engine, (file, file)) == ["0 new", "1 new"]


def test_of_two_tabs_the_later_one_hears_that_its_preview_is_no_longer_true(
    engine: DuckDBEngine,
) -> None:
    one = b"Deal ID,Owner,Stage,Amount\n1,Ana,Proposal,10\n"
    other = b"Deal ID,Owner,Stage,Amount\n1,Ana,Proposal,20\n2,Ana,Proposal,5\n"
    said = committed_at_once(engine, (one, other))
    assert said[0] in ("1 new", "2 new")
    assert said[1].startswith("The data has changed since this preview")


@pytest.mark.browser
@screen.NEEDS_CHROMIUM
def test_a_file_over_the_limit_is_refused_on_the_page_and_another_goes_in(tmp_path: Path) -> None:
    large, small = tmp_path / "large.csv", tmp_path / "small.csv"
    with large.open("wb") as file:
        file.truncate(300 * MEGABYTE)
    small.write_text("Deal ID,Owner,Stage,Amount\n1,Ana,Proposal,10\n", encoding="utf-8")
    with serving(tmp_path / "own.duckdb") as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=screen.CHROMIUM, args=screen.FLAGS)
        with looking(browser, home) as seen:
            seen.open("/upload")
            chooser = seen.page.locator('input[type="file"]')
            chooser.set_input_files(large)
            expect(seen.page.get_by_text("must be 200.0MB or smaller")).to_be_visible(
                timeout=20_000
            )
            chooser.set_input_files(small)
            expect(seen.page.get_by_text("small.csv").first).to_be_visible(timeout=20_000)
            expect(seen.page.get_by_role("button", name="Commit").first).to_be_visible()
        browser.close()
