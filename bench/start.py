"""How long does it take from the start of the server to a page that can be used?

    python -m bench.start [--rounds 5]

A database of 100,000 deals, a real Chromium that is open already, and the Attainment page: from the
start of the process until its answer stands there and the script has ended.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.generate import LAST_DAY, fill
from bench.results import record_bench, table
from quarterdeck.engine import DuckDBEngine
from tests import screen
from tests.screen import Seen, serving

DEALS = 100_000


def started(browser: Browser, path: Path) -> tuple[float, float]:
    """Seconds until the server answers, and until the page can be used."""
    begun = time.perf_counter()
    with serving(path, str(LAST_DAY)) as home:
        answering = time.perf_counter() - begun
        page = browser.new_page()
        Seen(page, home).open("/attainment")
        usable = time.perf_counter() - begun
        page.close()
    return answering, usable


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    rounds = asked.parse_args().rounds
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        path = Path(kept) / "quarterdeck.duckdb"
        engine = DuckDBEngine(path)
        fill(engine, DEALS)
        engine.close()
        browser = playwright.chromium.launch(executable_path=screen.CHROMIUM, args=screen.FLAGS)
        taken = [started(browser, path) for _ in range(rounds)]
        browser.close()
    answering, usable = (sorted(times) for times in zip(*taken, strict=True))
    body = (
        f"Seconds from the start of the server, over {DEALS:,} deals, {rounds} rounds.\n\n"
        + table(
            ("until", "median", "most"),
            [
                ["it answers", f"{statistics.median(answering):.1f}", f"{answering[-1]:.1f}"],
                ["the page can be used", f"{statistics.median(usable):.1f}", f"{usable[-1]:.1f}"],
            ],
        )
    )
    print(body)
    record_bench("Start", "python -m bench.start", body)


if __name__ == "__main__":
    main()
