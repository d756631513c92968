"""Does the first start lead somewhere: to a team to look at, with other eyes, and to own data?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests import screen
from tests.screen import ROOT, Seen, free_port, looking, wait_for

pytestmark = screen.IN_BROWSER


@contextmanager
def first_start(folder: Path) -> Iterator[str]:
    """The dashboard as it starts on a bare machine, with a data folder of its own."""
    port = free_port()
    told = {"QUARTERDECK_DATA": str(folder), "QUARTERDECK_TODAY": "2026-11-25"}
    kept = {name: value for name, value in os.environ.items() if name != "QUARTERDECK_DB"}
    command = [sys.executable, "-m", "quarterdeck", "run", "--port", str(port), "--no-browser"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=kept | told, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def see_as(seen: Seen, name: str) -> None:
    seen.page.locator(".st-key-demo button").first.click()
    seen.page.get_by_role("radiogroup").get_by_text(name, exact=True).click()
    seen.settled()
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_text(f"Demo team · {name.split()[0]}")).to_be_visible()


def test_a_bare_machine_shows_a_team_then_other_eyes_and_then_own_data(tmp_path: Path) -> None:
    with first_start(tmp_path) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=screen.CHROMIUM, args=screen.FLAGS)
        with looking(browser, home, is_patient=False) as seen:
            seen.page.goto(home)
            expect(seen.page.get_by_text("a sales team is being invented")).to_be_visible(
                timeout=30_000
            )
            expect(seen.question("Who is on track for quota?")).to_be_visible(timeout=90_000)
            dana = seen.settled().answer
            assert seen.asked["view"] == ["Dana Whitlock"]
            see_as(seen, "Ray Calloway")
            assert seen.answer != dana
            assert seen.asked["view"] == ["Ray Calloway"]
            see_as(seen, "Wren Tanaka")
            assert set(seen.bars()) == {"Wren Tanaka"}
            seen.page.go_back()
            expect(seen.page.get_by_text("Demo team · Ray")).to_be_visible()
            begin_own(seen)
        assert (tmp_path / "quarterdeck.duckdb").exists()
        with looking(browser, home) as seen:
            seen.page.goto(home)
            expect(seen.page.get_by_text("Your own data is empty so far.")).to_be_visible()
            seen.click("Back to the demo team")
            expect(seen.page.get_by_text("Demo team · Dana")).to_be_visible()
        browser.close()


def begin_own(seen: Seen) -> None:
    seen.settled().page.locator(".st-key-demo button").first.click()
    seen.page.get_by_role("button", name="Start with my own data").click()
    expect(seen.page.get_by_text("Your own data is empty so far.")).to_be_visible()
    assert seen.path == "/upload"
    expect(seen.page.locator(".st-key-demo")).to_have_count(0)
