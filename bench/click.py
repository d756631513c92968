"""How long from a click on the filter to the changed page, beside the ordinary way?

    python -m bench.click [--deals 100000,1000000] [--rounds 30]

Five pages in one server and one Chromium, visited in turn: the frame with its filter bar and
nothing else, Funnel, Attainment, Coaching of one executive, and Attainment written the ordinary
way. A click turns the period from its quarter to its year and back; the clock runs in the browser
from the click until the script has ended and what is drawn has stood still for two frames. Every
answer is asked of the database anew. Processor time and memory are the server's.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from bench.generate import LAST_DAY, fill, person_names
from bench.results import record_bench, table
from quarterdeck.engine import DuckDBEngine
from tests import screen
from tests.screen import ROOT, Seen, free_port, wait_for

SIDES = ("empty", "funnel", "attainment", "coaching", "ordinary")
COACHED = person_names()[1].replace(" ", "%20")
QUARTER, YEAR = "Q4 2026", "2026"
PROBE = (Path(__file__).parent / "sides" / "probe.js").read_text(encoding="utf-8")
MONEY = re.compile(r"\$[\d,.]+(?:\s?[kMB])?")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Side:
    """One page open in the browser, and what its clicks took."""

    name: str
    page: Page
    received: int = 0
    milliseconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)

    def hear(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, frame: bytes | str) -> None:
        self.received += len(frame)


@contextmanager
def served(database: Path) -> Iterator[tuple[str, int]]:
    """The sides on a port of their own: the address, and the process that answers."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "bench/sides/app.py"]
    where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    told = {"QUARTERDECK_DB": str(database), "QUARTERDECK_TODAY": str(LAST_DAY)}
    told |= {"PYTHONPATH": str(ROOT)}
    with (database.parent / "sides.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, *where], cwd=ROOT, env=os.environ | told, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def opened(browser: Browser, home: str, name: str) -> Side:
    """The side with its quarter chosen and the period's popover open."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    side = Side(name, page)
    page.on("websocket", side.hear)
    whose = f"&person={COACHED}" if name == "coaching" else ""
    page.goto(f"{home}/{'' if name == 'empty' else name}?period=2026-Q4{whose}")
    Seen(page, home).settled()
    page.wait_for_timeout(1500)
    page.evaluate(PROBE)
    page.locator(".st-key-period button").first.click()
    page.get_by_role("radio", name="Year", exact=True).wait_for()
    return side


def click(side: Side, pid: int, to: str) -> None:
    """One click on the other kind of period, and what it took until the page stood still."""
    side.page.bring_to_front()
    before, from_here = _cpu(pid), side.received
    name, label = ("Year", YEAR) if to == YEAR else ("Quarter", QUARTER)
    target = side.page.get_by_role("radio", name=name, exact=True)
    side.page.evaluate("label => window.clickProbe.arm(label)", label)
    target.click()
    side.milliseconds.append(side.page.evaluate("() => window.clickProbe.done()"))
    side.cpu.append(_cpu(pid) - before)
    side.heard.append(side.received - from_here)


def numbers(side: Side) -> list[str]:
    """The amounts that stand in the page's figures, as a proof that two sides say the same."""
    found = side.page.locator('[data-testid="stMetricValue"]').all_inner_texts()
    return [text.replace("\u202f", " ").replace("\u2060", "") for text in found]


def measured(deals: int, rounds: int) -> tuple[list[list[str]], str]:
    """A row for each side, and the line that says what was proven."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "quarterdeck.duckdb"
        engine = DuckDBEngine(path)
        fill(engine, deals)
        engine.close()
        browser = playwright.chromium.launch(executable_path=screen.CHROMIUM, args=screen.FLAGS)
        with served(path) as (home, pid):
            sides = [opened(browser, home, name) for name in SIDES[:-1]]
            for side in sides:
                for to in (YEAR, QUARTER):
                    click(side, pid, to)
            alone = _held(pid)
            sides.append(opened(browser, home, SIDES[-1]))
            for turn in range(rounds + 1):
                for side in sides:
                    for to in (YEAR, QUARTER):
                        click(side, pid, to)
                if turn == 0:
                    _forget_the_first(sides)
            proof = _proof(sides)
            held = (
                f"The server holds {alone} before the ordinary page is opened, {_held(pid)} after."
            )
        browser.close()
    floor = _p95(sides[0])
    return [_row(deals, side, floor, _p95(sides[-1])) for side in sides], f"{proof} {held}"


def _forget_the_first(sides: list[Side]) -> None:
    for side in sides:
        for taken in (side.milliseconds, side.cpu, side.heard):
            taken.clear()


def _row(deals: int, side: Side, floor: float, ordinary: float) -> list[str]:
    return [
        f"{deals:,}",
        side.name,
        f"{statistics.median(side.milliseconds):.0f}",
        f"{_p95(side):.0f}",
        f"{_p95(side) / floor:.1f} ×",
        f"{ordinary / _p95(side):.1f} ×",
        f"{statistics.mean(side.cpu) * 1000:.0f}",
        f"{statistics.mean(side.heard) / 1024:.0f}",
    ]


def _proof(sides: list[Side]) -> str:
    ours, others = (numbers(side) for side in (sides[2], sides[-1]))
    assert ours, "Attainment shows no figure"
    assert others, "the ordinary way shows no figure"
    share = [text for text in ours if text.endswith("%")][:1]
    assert share, ours
    assert share[0] in others, (ours, others)
    return f"Both ways show attainment {share[0]}, as they stand on the screen."


def _p95(side: Side) -> float:
    return statistics.quantiles(side.milliseconds, n=20)[-1]


def _cpu(pid: int) -> float:
    ticks = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(ticks[11]) + int(ticks[12])) / _TICKS


def _held(pid: int) -> str:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    now, most = (int(re.findall(rf"{name}:\s+(\d+)", status)[0]) for name in ("VmRSS", "VmHWM"))
    return f"{now / 1024:.0f} MB (at most {most / 1024:.0f})"


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--deals", default="100000,1000000")
    asked.add_argument("--rounds", type=int, default=30)
    given = asked.parse_args()
    found = {deals: measured(deals, given.rounds) for deals in map(int, given.deals.split(","))}
    heads = ("deals", "page", "p50 ms", "p95 ms", "÷ empty", "ordinary ÷ it", "CPU ms", "kB")
    body = (
        f"A click on the period until the page stands still; {2 * given.rounds} clicks a page,"
        " pages in turn.\n\n"
        + table(heads, [row for rows, _ in found.values() for row in rows])
        + "\n"
        + "\n".join(f"{deals:,} deals: {said}" for deals, (_, said) in found.items())
        + "\n"
    )
    print(body)
    record_bench("Clicks", "python -m bench.click", body)


if __name__ == "__main__":
    main()
