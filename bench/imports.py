"""How long does an import take, and how long do others wait meanwhile?

    python -m bench.imports [--rows 1000,100000,1000000] [--rounds 3]

Times are of a running process, from bytes to staged and to committed, and as a ratio to what DuckDB
takes to read the same file as text in the same round; memory is the child's own.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bench.generate import LAST_DAY, fill, write_deals
from bench.results import record_bench, table
from quarterdeck import reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.people import OWNER

TODAY = date(2026, 11, 25)
KNOWN_DEALS = 100_000
QUIET_SECONDS = 3.0
_HELD = re.compile(r"VmHWM:\s+(\d+)", re.ASCII)
READ = Path(__file__).parent / "statements" / "read.sql"
THERE = Path(__file__).parent / "statements" / "there.sql"


@dataclass(frozen=True)
class Taken:
    """Seconds of one import, and of DuckDB reading the same bytes."""

    read: float
    staged: float
    committed: float
    megabytes: float


def once(path: Path) -> Taken:
    """One import of a file into a database that exists and is empty, as in a running server."""
    content = path.read_bytes()
    read = reading(path)
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder) / "bench.duckdb")
        with engine.transaction():
            pass
        marks = [time.perf_counter()]
        with _watched() as held:
            _import(engine, path.name, content, marks)
        engine.close()
    return Taken(read, marks[1] - marks[0], marks[2] - marks[0], held[0] / 1024)


def reading(path: Path) -> float:
    """How long DuckDB takes to read a file as text."""
    with duckdb.connect() as connection:
        started = time.perf_counter()
        connection.execute(READ.read_text(encoding="utf-8"), {"path": str(path)})
        return time.perf_counter() - started


def _import(engine: DuckDBEngine, name: str, content: bytes, marks: list[float]) -> None:
    staged = stage(engine, Dropped(name, content, exported_on=LAST_DAY), scope=OWNER, today=TODAY)
    marks.append(time.perf_counter())
    commit_import(engine, staged, scope=OWNER, key=new_key())
    marks.append(time.perf_counter())
    with engine.looking() as cursor:
        ((deals,),) = cursor.execute(THERE.read_text(encoding="utf-8")).fetchall()
    assert deals >= staged.report["rows"]["good"], f"only {deals:,} deals are there"


def waits(path: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of `answer attainment`, asked again and again: before and during an import."""
    content = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder) / "bench.duckdb")
        fill(engine, KNOWN_DEALS)
        with _asking(engine) as before:
            time.sleep(QUIET_SECONDS)
        with _asking(engine) as during:
            _import(engine, path.name, content, [])
        engine.close()
    return before, during


@contextmanager
def _asking(engine: DuckDBEngine) -> Iterator[list[float]]:
    taken: list[float] = []
    enough = threading.Event()

    def ask() -> None:
        filters = Filters(reads.calendar(engine).parse("2026-Q3"), LAST_DAY)
        while not enough.is_set():
            started = time.perf_counter()
            reads.answer(engine, OWNER, filters, "attainment")
            taken.append((time.perf_counter() - started) * 1000)
            time.sleep(0.02)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield taken
    finally:
        enough.set()
        asker.join()


@contextmanager
def _watched() -> Iterator[list[int]]:
    """The most kilobytes that a child of this thread holds, as Linux counts them.

    The system's own figure for ended children begins with what this process held when it forked,
    and so does a child's until it has become another program.
    """
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    held, enough = [0], threading.Event()

    def watch() -> None:
        while not enough.wait(0.01):
            for pid in children.read_text(encoding="ascii").split():
                with suppress(OSError):
                    if b"child" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                        continue
                    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
                    held[0] = max([held[0], *map(int, _HELD.findall(status))])

    watcher = threading.Thread(target=watch if children.exists() else enough.wait)
    watcher.start()
    try:
        yield held
    finally:
        enough.set()
        watcher.join()


def _row(rows: int, folder: Path, rounds: int) -> list[str]:
    path = write_deals(folder / f"deals_{rows}.csv", rows)
    taken = [once(path) for _ in range(rounds)]
    staged = statistics.median(each.staged for each in taken)
    committed = statistics.median(each.committed for each in taken)
    ratios = [
        statistics.median(getattr(each, what) / each.read for each in taken)
        for what in ("staged", "committed")
    ]
    return [
        f"{rows:,}",
        f"{statistics.median(each.read for each in taken):.2f}",
        *(f"{staged:.2f}", f"{committed:.2f}"),
        *(f"{ratio:.1f} ×" for ratio in ratios),
        f"{max(each.megabytes for each in taken):.0f}",
    ]


def _waiting(rows: int, folder: Path) -> list[str]:
    before, during = waits(write_deals(folder / f"deals_{rows}.csv", rows))
    halves = [statistics.median(times) for times in (before, during)]
    slow = [statistics.quantiles(times, n=20)[-1] for times in (before, during)]
    return [
        f"{rows:,}",
        *(f"{each:.0f}" for each in halves),
        f"{halves[1] / halves[0]:.1f} ×",
        *(f"{each:.0f}" for each in slow),
        f"{slow[1] / slow[0]:.1f} ×",
    ]


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", default="1000,100000,1000000")
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    sizes = [int(number) for number in given.rows.split(",")]
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        times = [_row(rows, folder, given.rounds) for rows in sizes]
        waiting = [_waiting(rows, folder) for rows in sizes if rows >= KNOWN_DEALS]
    body = (
        f"Seconds from bytes to staged and to committed, twelve columns, the median of"
        f" {given.rounds} rounds, and the child's peak memory in MB.\n\n"
        + table(
            ("rows", "read", "staged", "committed", "staged ÷ read", "committed ÷ read", "MB"),
            times,
        )
        + f"\nMilliseconds that another thread waits for `answer attainment` over {KNOWN_DEALS:,}"
        " deals, before an import and during it.\n\n"
        + table(
            ("rows", "p50 before", "p50 during", "ratio", "p95 before", "p95 during", "ratio"),
            waiting,
        )
    )  # fmt: skip
    print(body)
    record_bench("Imports", "python -m bench.imports", body)


if __name__ == "__main__":
    main()
