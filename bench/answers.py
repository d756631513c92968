"""How much processor time does every question take, at 100,000 and 1,000,000 deals?

    python -m bench.answers [--deals 100000,1000000] [--rounds 7]

Processor time of the whole process, all its threads: other work on the machine disturbs it least.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.generate import fill
from bench.results import record_bench, table
from quarterdeck import catalog, reads
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.people import OWNER, Scope

AS_OF = date(2026, 11, 20)
SCOPES = {"owner": OWNER, "director": Scope("p00", "director")}
MAKING = ("funnel", "stage_conversion")
REMEMBERED = "what is remembered"
MORE: dict[str, Any] = {"words": "p00"}
PAGE = {"rows_shown": 1000, "rows_before": 0}


def milliseconds(engine: DuckDBEngine, name: str, scope: Scope, rounds: int) -> float:
    """The median processor time of one question, asked as a page asks it, after a first time."""
    period = reads.calendar(engine).parse("2026-Q3")
    filters = Filters(period, AS_OF)
    taken = []
    for _ in range(rounds + 1):
        started = time.process_time()
        reads.answer(engine, scope, filters, name, **PAGE, **_named(name))
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken[1:] or taken)


def _named(name: str) -> dict[str, Any]:
    return {word: MORE[word] for word in catalog.load(name).parameters & MORE.keys()}


def measured(deals: int, rounds: int) -> dict[tuple[str, str], float]:
    """Milliseconds by question and scope, on a database of so many deals."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        plain = DuckDBEngine(path)
        fill(plain, deals)
        plain.close()
        engine = DuckDBEngine(path, remembers=True)
        first = sum(milliseconds(engine, name, OWNER, 0) for name in MAKING)
        found = {
            (name, scope): milliseconds(engine, name, SCOPES[scope], rounds)
            for name in catalog.names()
            for scope in SCOPES
        }
        engine.close()
    found[REMEMBERED, "owner"] = first - sum(found[name, "owner"] for name in MAKING)
    return found


def main() -> None:
    """Measure, print and record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--deals", default="100000,1000000")
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    sizes = [int(number) for number in given.deals.split(",")]
    found = {deals: measured(deals, given.rounds) for deals in sizes}
    heads = ["question", *(f"{scope}, {deals:,}" for deals in sizes for scope in SCOPES)]
    rows = [
        [name, *(f"{found[deals][name, scope]:.1f}" for deals in sizes for scope in SCOPES)]
        for name in catalog.names()
    ]
    made = " and ".join(
        f"{found[deals][REMEMBERED, 'owner']:.0f} ms at {deals:,}" for deals in sizes
    )
    body = (
        "Milliseconds of processor time, the median of"
        f" {given.rounds} runs after a first one; five versions a deal, 60 people in 6 teams. Asked"
        " of a server, which remembers: what that takes once for a day and version of the data is"
        f" {made}.\n\n" + table(heads, rows)
    )
    print(body)
    record_bench("Answers", "python -m bench.answers", body)


if __name__ == "__main__":
    main()
