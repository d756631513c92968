"""How long until the sandbox shows what one moved account does, beside an empty page?

    python -m bench.sandbox [--rounds 20]

The invented team in one server and one Chromium. On the empty page a click turns the period; in the
sandbox one account is given to another executive and back. The clock runs in the browser from the
click until the script has ended and what is drawn has stood still for two frames.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.click import QUARTER, YEAR, Side, click, opened, served
from bench.generate import LAST_DAY
from bench.results import record_bench, table
from quarterdeck import clock, demo
from quarterdeck.commands.plans import PlanRealignment, plan_realignment
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import OWNER
from tests import screen

MOVE, LEAVE = "Move them", "Leave them where they are"
ANSWERED = {
    MOVE: ".st-key-plan-leave-all button:enabled",
    LEAVE: ".st-key-plan-leave-all button:disabled",
}
"""What a press changes, as a proof that the page has answered it."""


def sandbox(browser: Browser, home: str) -> Side:
    """The sandbox with one account shown, and the one that gets it chosen."""
    side = opened(browser, home, "territory")
    page = side.page
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Move accounts").wait_for()
    _choose(page, "Search", "Ospreybarrow")
    page.wait_for_timeout(4000)
    page.get_by_role("combobox", name="Give all 1 shown").click()
    page.keyboard.type("June Park")
    page.keyboard.press("Enter")
    page.wait_for_timeout(3000)
    return side


def _choose(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Enter")


def move(side: Side, pid: int, button: str) -> None:
    """One press, and what it took until the page stood still."""
    page = side.page
    page.bring_to_front()
    target = page.get_by_role("button", name=button)
    target.scroll_into_view_if_needed()
    page.evaluate("seen => window.clickProbe.arm('', seen)", ANSWERED[button])
    target.click()
    side.milliseconds.append(page.evaluate("() => window.clickProbe.done()"))
    page.wait_for_timeout(400)


def measured(rounds: int) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "quarterdeck.duckdb"
        demo.make(path, LAST_DAY)
        engine = DuckDBEngine(path)
        start = date(2027, 1, 1)
        plan_realignment(engine, PlanRealignment("Measured", start), scope=OWNER)
        engine.close()
        browser = playwright.chromium.launch(executable_path=screen.CHROMIUM, args=screen.FLAGS)
        with served(path) as (home, pid):
            empty, trial = opened(browser, home, "empty"), sandbox(browser, home)
            for turn in range(rounds + 1):
                for to in (YEAR, QUARTER):
                    click(empty, pid, to)
                for button in ANSWERED:
                    move(trial, pid, button)
                if turn == 0:
                    empty.milliseconds.clear()
                    trial.milliseconds.clear()
        browser.close()
    floor = statistics.median(empty.milliseconds)
    return [_row(side, floor) for side in (empty, trial)]


def _row(side: Side, floor: float) -> list[str]:
    middle = statistics.median(side.milliseconds)
    most = statistics.quantiles(side.milliseconds, n=20)[-1]
    return [side.name, f"{middle:.0f}", f"{most:.0f}", f"{middle / floor:.1f} ×"]


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    given = asked.parse_args()
    os.environ[clock.VARIABLE] = str(LAST_DAY)
    rows = measured(given.rounds)
    body = (
        f"One account moved on trial and back, {2 * given.rounds} clicks, beside a turn of the "
        "period on an empty page.\n\n" + table(("page", "p50 ms", "p95 ms", "÷ empty"), rows)
    )
    print(body)
    record_bench("A move on trial", "python -m bench.sandbox", body)


if __name__ == "__main__":
    main()
