"""Is there memory enough for large work, and little enough for the rest?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from quarterdeck import engine as engines
from quarterdeck import headroom, reads
from quarterdeck.engine import Cursor, DuckDBEngine
from quarterdeck.refusal import Refused
from tests.test_large import LATER, MANY, committed, deals, there


def ceiling(cursor: Cursor) -> float:
    """In MiB, as the database says it."""
    ((said,),) = cursor.execute("select current_setting('memory_limit')").fetchall()
    number, unit = said.split()
    return float(number) * {"MiB": 1, "GiB": 1024}[unit]


def quiet(engine: DuckDBEngine) -> float:
    """While only questions are asked."""
    with engine._asking() as cursor:
        return ceiling(cursor)


def test_work_gets_more_memory_than_questions_as_long_as_it_lasts(engine, drop):
    before = quiet(engine)
    with engine.transaction() as cursor:
        assert ceiling(cursor) > before
        with engine.looking() as another:
            assert ceiling(another) > before
        assert ceiling(cursor) > before
    assert quiet(engine) == before


def test_work_that_fails_gives_its_memory_back(engine):
    before = quiet(engine)

    def fail() -> None:
        with engine.transaction() as cursor:
            assert ceiling(cursor) > before
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, fail)
    assert quiet(engine) == before


def test_a_second_look_at_the_same_file_knows_the_same_ceiling(tmp_path):
    first = DuckDBEngine(tmp_path / "quarterdeck.duckdb")
    with first.transaction():
        pass
    before = quiet(first)
    second = DuckDBEngine(tmp_path / "quarterdeck.duckdb")
    with second.looking():
        pass
    assert quiet(first) == quiet(second) == before


def test_the_ceiling_of_questions_grows_with_the_file(engine, monkeypatch):
    with engine.transaction():
        pass
    before = quiet(engine)
    held = (2 * int(before) + 1) * 2**20
    monkeypatch.setattr(headroom.Path, "stat", lambda path: type("Stat", (), {"st_size": held}))
    with engine.looking():
        pass
    assert quiet(engine) > 2 * before


def test_work_that_begins_while_others_ask_keeps_to_its_own_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engines._LIMITS, "threads", headroom.MOST_THREADS)
    engine = DuckDBEngine(tmp_path / "quarterdeck.duckdb")

    def threads(cursor: Cursor) -> int:
        ((said,),) = cursor.execute("select current_setting('threads')").fetchall()
        return int(said)

    with engine.transaction() as cursor:
        assert threads(cursor) == headroom.MOST_THREADS
    reads.settings(engine)
    with engine.transaction() as cursor:
        assert threads(cursor) == 1
    with engine._asking() as cursor:
        assert threads(cursor) == headroom.MOST_THREADS


def test_a_machine_of_many_cores_takes_large_files_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each thread wants memory of its own: sixteen would need more than any import may have."""
    monkeypatch.setitem(engines._LIMITS, "threads", 16)
    engine = DuckDBEngine(tmp_path / "quarterdeck.duckdb")
    committed(engine, "deals.csv", deals(0), date(2026, 11, 25))
    committed(engine, "deals.csv", deals(0, "Negotiation"), LATER)
    assert there(engine, "deal_version", "deal_id") == MANY
    with engine._asking() as cursor:
        ((threads,),) = cursor.execute("select current_setting('threads')").fetchall()
    assert threads == headroom.MOST_THREADS


def test_too_little_memory_is_said_in_three_parts_and_nothing_is_changed(engine, drop):
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    version = engine.data_version()

    def run_out() -> None:
        with engine.transaction() as cursor:
            cursor.execute("delete from deal_version")
            raise duckdb.OutOfMemoryException("Out of Memory Error: 9 GB\nPossible solutions: …")

    refused = pytest.raises(Refused, run_out)
    assert "nothing was changed" in refused.value.what
    assert refused.value.where == "Out of Memory Error: 9 GB"
    assert "split the file" in refused.value.do
    assert engine.data_version() == version
    assert there(engine, "deal_version", "deal_id") == 1
