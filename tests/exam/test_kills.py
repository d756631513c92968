"""Is an import all there or not at all, whenever it is killed?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from quarterdeck.engine import DuckDBEngine
from tests.conftest import commit, looked_at
from tests.exam import figures

pytestmark = pytest.mark.exam
ROOT = Path(__file__).resolve().parents[2]
HEAD = "deal id,deal name,owner,account,stage,amount,created,close date\n"
ROWS = 6_000


class State(NamedTuple):
    """What a database holds: an import is whole when all four have moved together."""

    imports: int
    versions: int
    won: int
    entries: int


def export(changed: bool) -> str:
    stages = ("Won", "Lost") if changed else ("Open", "Open")
    return HEAD + "".join(
        f"D{n},Deal {n},Owner {n % 40},Account {n % 900},{stages[n % 2]},{n}.25,"
        f"2026-08-01,2026-10-{1 + n % 28:02d}\n"
        for n in range(ROWS)
    )


def state(path: Path) -> State:
    engine = DuckDBEngine(path)
    with engine.looking() as cursor:
        (found,) = cursor.execute(
            "select (select count(*) from import_batch where undone_at is null), count(*), "
            "count(*) filter (where outcome = 'won'), (select count(*) from audit_log) "
            "from deal_version where superseded_at is null"
        ).fetchall()
    engine.close()
    return State(*found)


def writer(path: Path, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.exam.writer", str(path), str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def killed(path: Path, file: Path, after: str, seconds: float) -> list[str]:
    """Let the writer come to a word, wait, kill it and its children; the words it got out."""
    process = writer(path, file)
    assert process.stdout is not None
    said = []
    while after and (word := process.stdout.readline().strip()):
        said.append(word)
        if word == after:
            break
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    rest = process.communicate()[0].split()
    return [*said, *rest]


def timed(path: Path, file: Path) -> dict[str, float]:
    """The seconds an undisturbed writer takes to each word."""
    started, found = time.monotonic(), {}
    process = writer(path, file)
    assert process.stdout is not None
    for word in process.stdout:
        found[word.strip()] = time.monotonic() - started
    process.wait()
    return found


def test_an_import_killed_at_any_moment_is_whole_or_absent(tmp_path):
    second, path = tmp_path / "second.csv", tmp_path / "quarterdeck.duckdb"
    second.write_text(export(changed=True))
    engine = DuckDBEngine(path)
    commit(engine, looked_at(engine, export(changed=False), exported_on=date(2026, 10, 1)))
    engine.close()
    kept, before = path.read_bytes(), state(path)
    took, after = timed(path, second), state(path)
    assert after.imports == before.imports + 1
    chance, kills = random.Random(9), figures.sized(5, 100)
    found: dict[str, int] = dict.fromkeys(("inside", "absent", "whole", "acknowledged"), 0)
    inside = took["done"] - took["open"]
    for number in range(kills):
        for left in tmp_path.glob("quarterdeck.duckdb*"):
            left.unlink()
        path.write_bytes(kept)
        # Seven in ten within the transaction, the rest as soon as the import is acknowledged.
        aims_inside = number % 10 < 7
        word, wait = ("open", inside) if aims_inside else ("done", took["closed"] - took["done"])
        words = killed(path, second, word, wait * chance.random())
        held = state(path)
        assert held in (before, after), words
        assert held == after or "done" not in words
        found["inside"] += "open" in words and "done" not in words
        found["acknowledged"] += "done" in words
        found["absent" if held == before else "whole"] += 1
    assert found["inside"] >= 0.6 * kills
    figures.record(
        "An import killed with −9 is whole or absent",
        f"{kills} kills over {ROWS:,} rows, {found['inside']} inside an open transaction or its "
        f"commit: {found['absent']} absent, {found['whole']} whole, 0 half; of "
        f"{found['acknowledged']} acknowledged 0 lost",
    )
