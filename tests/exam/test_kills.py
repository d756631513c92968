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

import pytest

from quarterdeck.engine import DuckDBEngine
from tests.conftest import commit, looked_at
from tests.exam import figures

pytestmark = pytest.mark.exam
ROOT = Path(__file__).resolve().parents[2]
HEAD = "deal id,deal name,owner,account,stage,amount,created,close date\n"
ROWS = 15_000


def export(changed: bool) -> str:
    stages = ("Won", "Lost") if changed else ("Open", "Open")
    return HEAD + "".join(
        f"D{n},Deal {n},Owner {n % 40},Account {n % 900},{stages[n % 2]},{n}.25,"
        f"2026-08-01,2026-10-{1 + n % 28:02d}\n"
        for n in range(ROWS)
    )


def state(path: Path) -> tuple[int, int, int, int]:
    """Standing imports, current versions, won deals, audit entries."""
    engine = DuckDBEngine(path)
    with engine.looking() as cursor:
        (found,) = cursor.execute(
            "select (select count(*) from import_batch where undone_at is null), count(*), "
            "count(*) filter (where outcome = 'won'), (select count(*) from audit_log) "
            "from deal_version where superseded_at is null"
        ).fetchall()
    engine.close()
    return found


def importing(path: Path, file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "quarterdeck", "--db", str(path), "import", str(file)]
    said = ["--exported-on", "2026-11-01", "--full", "--json"]
    return subprocess.Popen(
        [*command, *said],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "QUARTERDECK_TODAY": "2026-11-25"},
    )


def test_an_import_killed_at_any_moment_is_whole_or_absent(tmp_path):
    first, second = export(changed=False), tmp_path / "second.csv"
    second.write_text(export(changed=True))
    path = tmp_path / "quarterdeck.duckdb"
    engine = DuckDBEngine(path)
    commit(engine, looked_at(engine, first, exported_on=date(2026, 10, 1)))
    engine.close()
    bytes_before, before = path.read_bytes(), state(path)
    started = time.monotonic()
    assert importing(path, second).wait() == 0
    took, after = time.monotonic() - started, state(path)
    assert after[0] == before[0] + 1
    chance, kills = random.Random(9), figures.sized(4, 20)
    absent = whole = 0
    for _ in range(kills):
        for left in tmp_path.glob("quarterdeck.duckdb*"):
            left.unlink()
        path.write_bytes(bytes_before)
        process = importing(path, second)
        time.sleep(took * chance.uniform(0.3, 1.0))
        os.killpg(process.pid, signal.SIGKILL)
        acknowledged = bool(process.communicate()[0].strip())
        found = state(path)
        assert found in (before, after)
        assert found == after or not acknowledged
        absent, whole = absent + (found == before), whole + (found == after)
    figures.record(
        "An import killed with −9 is whole or absent",
        f"{kills} kills over {ROWS:,} rows: {absent} absent, {whole} whole, 0 half, 0 lost",
    )
