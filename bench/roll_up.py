"""What does it take to roll bookings and quotas up over 3,000 people in six levels?

    python -m bench.roll_up [--people 3000] [--rounds 7]

Processor time of the whole process, all its threads, beside the ordinary way: a recursive query
that works out at each question who stands above whom, without revisions, pace or splits.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.generate import AT, _record, _steps
from bench.results import record_bench, table
from quarterdeck import catalog, reads
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.filters import Filters
from quarterdeck.people import OWNER

AS_OF = date(2026, 11, 20)
PERIODS = ("2026-11", "2026-Q4", "2026")


def fill(engine: DuckDBEngine, people: int) -> None:
    """A tree of so many people, in an empty database."""
    with engine.transaction() as cursor:
        for name in ("chance", "tree"):
            run(cursor, _steps(name), {"at": AT, "people": people})
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": AT})
        _record(cursor)


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median processor time of some work, after a first time."""
    taken = []
    for _ in range(rounds + 1):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken[1:])


def measured(people: int, rounds: int) -> list[list[str]]:
    """A row a period: what each way takes, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tree.duckdb"
        plain = DuckDBEngine(path)
        fill(plain, people)
        plain.close()
        engine = DuckDBEngine(path, remembers=True)
        rows = [_row(engine, word, rounds) for word in PERIODS]
        engine.close()
    return rows


def _row(engine: DuckDBEngine, word: str, rounds: int) -> list[str]:
    period = reads.calendar(engine).parse(word)
    filters = Filters(period, AS_OF)
    ours = milliseconds(lambda: reads.answer(engine, OWNER, filters, "attainment"), rounds)
    about = {"as_of": AS_OF, "from_on": period.from_on, "to_on": period.to_on}

    def ordinary() -> object:
        with engine.looking() as cursor:
            return run(cursor, _steps("recursion"), about).df()

    theirs = milliseconds(ordinary, rounds)
    return [period.label, f"{ours:.0f}", f"{theirs:.0f}", f"{ours / theirs:.1f} ×"]


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=3000)
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    rows = measured(given.people, given.rounds)
    heads = ["period", "attainment of everyone, ms", "ordinary, ms", "÷ ordinary"]
    body = (
        f"Milliseconds of processor time, the median of {given.rounds} runs after a first one: "
        f"{given.people:,} people in six levels, each with quotas and won deals every month.\n\n"
        + table(heads, rows)
    )
    print(body)
    record_bench("Roll-up", "python -m bench.roll_up", body)


if __name__ == "__main__":
    main()
