"""What does time cost: another day, a waterfall, an older export woven in, and bytes on disk?

    python -m bench.time [--deals 100000,1000000,3000000] [--rounds 7]

Processor time of the whole process, all its threads: other work on the machine disturbs it least.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from bench.generate import fill
from bench.results import record_bench, table
from quarterdeck import reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.importing.committing import commit_arrivals
from quarterdeck.importing.comparing import Arrival
from quarterdeck.inventing.files import File, typed
from quarterdeck.people import OWNER

TODAY, THEN = date(2026, 11, 20), date(2026, 3, 14)
OPENED = date(2026, 9, 30)
MILLION = 1_000_000
PAGES = {
    "Attainment": ("attainment", "attainment_by_line", "credited_deals"),
    "Funnel": ("funnel", "stage_conversion", "win_rate", "loss_reasons", "funnel_by", "open_deals"),
}
PAGE = {"rows_shown": 12, "rows_before": 0}

WEEKS, ROWS, MOVED = 156, 10_000, 500
FIRST = date(2023, 11, 24)
HEADERS = {
    "deal_id": "Deal ID", "deal_name": "Deal name", "account": "Account", "owner": "Owner",
    "stage": "Stage", "amount": "Amount", "created_on": "Created", "close_on": "Close date",
}  # fmt: skip


def milliseconds(engine: DuckDBEngine, names: tuple[str, ...], filters: Filters) -> float:
    """Processor time of these questions, asked one after the other."""
    started = time.process_time()
    for name in names:
        reads.answer(engine, OWNER, filters, name, **PAGE)
    return (time.process_time() - started) * 1000


def again(engine: DuckDBEngine, names: tuple[str, ...], filters: Filters, rounds: int) -> float:
    """The median of several times, after a first one."""
    taken = [milliseconds(engine, names, filters) for _ in range(rounds + 1)]
    return statistics.median(taken[1:])


def on_days(engine: DuckDBEngine, rounds: int) -> list[list[str]]:
    """Each page as of today and as of another day: the first time, and when asked again."""
    calendar, found = reads.calendar(engine), []
    for page, names in PAGES.items():
        cells = [page]
        for day in (TODAY, THEN):
            filters = Filters(calendar.quarter_of(day), day)
            cells.append(f"{milliseconds(engine, names, filters):.0f}")
            cells.append(f"{again(engine, names, filters, rounds):.0f}")
        found.append(cells)
    return found


def waterfall(engine: DuckDBEngine, rounds: int) -> list[str]:
    """From the end of the last quarter to today: the first time, and when asked again."""
    filters = Filters(reads.calendar(engine).quarter_of(TODAY), TODAY, compare_on=OPENED)
    names = ("waterfall",)
    first = milliseconds(engine, names, filters)
    return [f"{first:.0f}", f"{again(engine, names, filters, rounds):.0f}"]


class Weekly:
    """The same ten thousand deals week by week, five hundred of them with a new amount."""

    def __init__(self, engine: DuckDBEngine) -> None:
        numbers = range(ROWS)
        values = {
            "deal_id": [f"006{number:09d}" for number in numbers],
            "deal_name": [f"Deal {number}" for number in numbers],
            "account": [f"Account {number // 25}" for number in numbers],
            "owner": [f"Executive {number % 54}" for number in numbers],
            "stage": [("Qualify", "Propose", "Won", "Lost")[number % 4] for number in numbers],
            "amount": [None] * ROWS,
            "created_on": [FIRST - timedelta(days=number % 400) for number in numbers],
            "close_on": [FIRST - timedelta(days=number % 90) for number in numbers],
        }
        self._engine, self._chance = engine, random.Random(20261129)
        self._cents = [100_000 + number for number in numbers]
        self._rows = typed("deal", HEADERS, values)
        self._folder = engine.folder / "staging"
        self._folder.mkdir(parents=True, exist_ok=True)

    def arrival(self, week: int, *, moved: int, rows: int = ROWS) -> tuple[Arrival, dict, str]:
        """The export of one week, as it lies in staging."""
        for number in self._chance.sample(range(rows), moved):
            self._cents[number] += 1
        dollars = [Decimal(cents).scaleb(-2) for cents in self._cents]
        amounts = pa.array(dollars, pa.decimal128(18, 2))
        told = self._rows
        for name in ("amount", "amount_file"):
            told = told.set_column(told.schema.get_field_index(name), name, amounts)
        day, path = FIRST + timedelta(weeks=week), self._folder / f"{week}-{rows}.parquet"
        file = File("deal", path.name, day, HEADERS, told.slice(0, rows))
        report = file.write(path)
        extent = "full" if rows == ROWS else "partial"
        arrival = Arrival("deal", str(path), tuple(HEADERS), day, extent, "USD", is_small=True)
        return arrival, report, f"week-{week}-{rows}"

    def take_in(self, coming: tuple[Arrival, dict, str]) -> float:
        """Seconds of processor time that one export takes to come in."""
        started = time.process_time()
        commit_arrivals(self._engine, [coming], scope=OWNER)
        return time.process_time() - started


def woven() -> tuple[list[list[str]], str]:
    """Three years of weekly exports but one, then that one; and what they weigh."""
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder) / "weekly.duckdb")
        weekly, late = Weekly(engine), WEEKS // 2
        coming = {week: weekly.arrival(week, moved=MOVED) for week in range(WEEKS)}
        weekly.take_in(coming[0])
        first = _bytes(engine)
        in_turn = [weekly.take_in(coming[week]) for week in range(1, WEEKS) if week != late]
        full = (_bytes(engine) - first) / (MOVED * (WEEKS - 2))
        seconds = weekly.take_in(coming[late])
        before = _bytes(engine)
        parts = [weekly.arrival(WEEKS + n, moved=0, rows=ROWS // 2) for n in range(20)]
        for part in parts:
            weekly.take_in(part)
        partial = (_bytes(engine) - before) / (ROWS // 2 * len(parts))
        engine.close()
    rows = [
        ["the newest export of 10,000 rows", f"{statistics.median(in_turn):.2f} s"],
        ["one of 78 weeks ago, woven in", f"{seconds:.2f} s"],
    ]
    grown = (
        f"The file grows by {full:.0f} bytes a changed deal of a full export, and by "
        f"{partial:.1f} bytes a row of a partial export that changes nothing."
    )
    return rows, grown


def _bytes(engine: DuckDBEngine) -> int:
    """What the file weighs after all is written into it."""
    engine.reopen()
    assert engine.path
    return engine.path.stat().st_size


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--deals", default="100000,1000000,3000000")
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    days: list[list[str]] = []
    falls = []
    for deals in map(int, given.deals.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.duckdb"
            plain = DuckDBEngine(path)
            fill(plain, deals)
            plain.close()
            engine = DuckDBEngine(path, remembers=True)
            if deals <= MILLION:
                days += [
                    [f"{cells[0]}, {deals:,}", *cells[1:]]
                    for cells in on_days(engine, given.rounds)
                ]
            falls.append([f"{deals:,}", *waterfall(engine, given.rounds)])
            engine.close()
    weaving, grown = woven()
    body = "\n".join([
        "Milliseconds of processor time for all questions of a page, at so many deals of five "
        "versions each: the first time on a day, when what is remembered is made, and again.\n",
        table(["page", "today, first", "again", f"{THEN}, first", "again"], days),
        f"A waterfall from {OPENED} to {TODAY}:\n",
        table(["deals", "first", "again"], falls),
        f"Ten thousand deals exported weekly for three years, {MOVED} of them changed each week; "
        "processor time from typed rows to committed:\n",
        table(["export", "time"], weaving),
        grown,
    ])  # fmt: skip
    print(body)
    record_bench("Time", "python -m bench.time", body)


if __name__ == "__main__":
    main()
