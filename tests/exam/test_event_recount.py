"""Does a log of events say on any day what a count by hand says?"""

from __future__ import annotations

import csv
import gzip
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from tests.conftest import SHARED, TODAY, commit, hashes
from tests.exam import figures

pytestmark = pytest.mark.exam
LOG = SHARED / "data" / "bpic2012_stage_history" / "events.csv.gz"
CASES = 13_087
FIRST, LAST = date(2011, 10, 1), date(2012, 3, 14)


def by_hand(day: date) -> dict[str, str]:
    """Case → its newest event at the end of a day, the later line where two have one moment."""
    newest: dict[str, tuple[datetime, int, str]] = {}
    with gzip.open(LOG, "rt", encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file)):
            moment = datetime.fromisoformat(row["happened_at"]).astimezone(UTC)
            if moment.date() <= day:
                found = (moment, line, row["event"])
                newest[row["case_id"]] = max(found, newest.get(row["case_id"], found))
    return {case: event for case, (_, _, event) in newest.items()}


def test_a_log_of_events_says_on_any_day_what_a_count_by_hand_says(tmp_path):
    if not LOG.exists():
        pytest.skip("the log of events is not beside the project")
    engine = DuckDBEngine(tmp_path / "quarterdeck.duckdb")
    before = hashes(engine)
    dropped = Dropped(LOG.name, LOG.read_bytes())
    report = commit(engine, stage(engine, dropped, scope=OWNER, today=TODAY))
    assert (report["entity"], report["changes"]["new"]) == ("stage_history", CASES)
    chance = random.Random(20120314)
    days = [
        FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
        for _ in range(figures.sized(4, 20))
    ]
    for day in days:
        with engine.looking() as cursor:
            held = cursor.execute("select deal_id, stage_name from deals_at($day)", {"day": day})
            assert dict(held.fetchall()) == by_hand(day), day
    undo_import(engine, report["batch_id"], scope=OWNER)
    assert hashes(engine) == before
    figures.record(
        "A log of 92,093 events says on random days what a count by hand says",
        f"{len(days)} days, {CASES:,} deals, 0 differ; undone by hash",
    )
