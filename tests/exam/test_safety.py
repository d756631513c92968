"""Is nothing lost, nothing wrong and nothing doubled, whatever happens to the file or the click?"""

from __future__ import annotations

import ctypes
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from quarterdeck import patience
from quarterdeck.commands import backups
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import asked, commit, hashes, looked_at, rows_of
from tests.exam import figures
from tests.exam.test_kills import HEAD, export

pytestmark = pytest.mark.exam
NOVEMBER = (date(2026, 11, 1),)


def small(number: int, rows: int = 400) -> str:
    return HEAD + "".join(
        f"D{n},Deal {n},Owner {n % 7},Account {n % 40},Won,{number}.50,2026-08-01,2026-10-02\n"
        for n in range(rows)
    )


def test_backups_made_under_write_load_are_consistent(engine):
    commit(engine, looked_at(engine, small(1)))
    stop, failed = threading.Event(), []

    def write() -> None:
        number = 2
        while not stop.is_set():
            try:
                commit(engine, looked_at(engine, small(number), extent="partial"))
                set_quota(
                    engine,
                    SetQuota("owner-1", NOVEMBER, Decimal(number), date(2026, 11, 20)),
                    scope=OWNER,
                )
            except Refused as refusal:
                failed.append(str(refusal))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    number, seen = figures.sized(5, 50), set()
    try:
        for _ in range(number):
            made = backups.back_up(engine, engine.folder / "one.duckdb")
            copy = DuckDBEngine(made)
            assert backups.verify(copy).faults == ()
            (total,) = {row["credit_usd"] for row in rows_of(copy, "credited_deals", asked(copy))}
            seen.add(total)
            copy.close()
            time.sleep(0.01)
    finally:
        stop.set()
        writer.join()
    assert failed == []
    figures.record(
        "Backups under write load are consistent",
        f"{number} backups while imports and quotas were written: all sound, "
        f"{len(seen)} different states seen",
    )


def answers(engine: DuckDBEngine) -> list[tuple[object, ...]]:
    return [
        *hashes(engine),
        *(tuple(row.values()) for row in rows_of(engine, "attainment", asked(engine))),
        *(tuple(row.values()) for row in rows_of(engine, "credited_deals", asked(engine))),
    ]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """One way in which a disk or a person damages a file."""
    at, length = chance.randrange(len(content)), chance.choice([1, 8, 512, 4096])
    kind = chance.choice(["flip", "zero", "noise", "cut", "swap"])
    if kind == "cut":
        return content[:at]
    if kind == "swap":
        other = chance.randrange(len(content))
        piece = content[other : other + length]
        return content[:at] + piece + content[at + len(piece) :]
    old = content[at : at + length]
    new = {
        "flip": bytes(byte ^ 0xFF for byte in old),
        "zero": b"\0" * len(old),
        "noise": chance.randbytes(len(old)),
    }[kind]
    return content[:at] + new + content[at + len(old) :]


@pytest.mark.parametrize("part", ["", ".wal"])
def test_a_damaged_file_or_log_is_noticed_or_healed_never_answered_wrongly(tmp_path, part):
    """The log is one that a killed process left behind: it holds acknowledged work."""
    path = tmp_path / "quarterdeck.duckdb"
    engine = DuckDBEngine(path)
    commit(engine, looked_at(engine, export(changed=False), exported_on=date(2026, 10, 1)))
    engine.close()
    engine = DuckDBEngine(path)
    commit(engine, looked_at(engine, small(3, 900), extent="partial"))
    truth = answers(engine)
    whole = {
        name: (tmp_path / f"quarterdeck.duckdb{name}").read_bytes()
        for name in ("", ".wal", ".receipt")
    }
    engine.close()
    chance, found = random.Random(41), {"noticed": 0, "healed": 0}
    number = figures.sized(8, 60 if part == "" else 40)
    for case in range(number):
        place = tmp_path / f"case{case}"
        place.mkdir()
        for name, content in whole.items():
            damaged = mutated(content, chance) if name == part else content
            (place / f"quarterdeck.duckdb{name}").write_bytes(damaged)
        try:
            again = DuckDBEngine(place / "quarterdeck.duckdb")
            assert answers(again) == truth
            assert backups.verify(again).faults == ()
            again.close()
            found["healed"] += 1
        except Refused:
            found["noticed"] += 1
    figures.record(
        f"Damage to the {'log' if part else 'file'} never gives a wrong answer",
        f"{number} mutations: {found['noticed']} noticed, {found['healed']} harmless, 0 wrong",
    )


WRITES = ("commit", "undo", "quota")


@pytest.mark.parametrize("write", WRITES)
def test_an_interrupted_or_doubled_write_is_before_or_after_never_between(engine, write):
    """A rerun stops the thread by an exception that is no Exception; a double click comes twice."""
    commit(engine, looked_at(engine, small(1)))
    start_all_helpers()
    number, chance = figures.sized(8, 100), random.Random(5)
    found = {"before": 0, "after": 0}
    for case in range(number):
        before, entries = hashes(engine), audited(engine)
        staged, key = looked_at(engine, small(case + 2), extent="partial"), new_key()

        def act(staged=staged, key=key, case=case) -> None:
            if write == "quota":
                amount = Decimal(case + 1)
                command = SetQuota("owner-1", NOVEMBER, amount, date(2026, 11, 20))
                set_quota(engine, command, scope=OWNER)
            else:
                commit_import(engine, staged, scope=OWNER, key=key)
            if write == "undo":
                undo_import(engine, key, scope=OWNER)

        interrupt(act, chance)
        moved = audited(engine) - entries
        if write == "undo":
            assert moved in (0, 1, 2)
            assert (hashes(engine) == before) is (moved != 1)
        else:
            assert moved in (0, 1)
            assert (hashes(engine) == before) is (moved == 0)
        found["after" if moved else "before"] += 1
        if write == "commit":
            doubled(engine, staged, key)
            assert audited(engine) == entries + 1
        assert backups.verify(engine).faults == ()
    figures.record(
        f"An interrupted or doubled {write} is before or after",
        f"{number} interruptions: {found['before']} before, {found['after']} after, 0 between, "
        "0 twice",
    )


def start_all_helpers() -> None:
    """A thread that is just being started has the ident of the one that starts it: Python would
    throw Rerun into the wrong one."""
    together = threading.Barrier(patience._AT_ONCE)
    with ThreadPoolExecutor(patience._AT_ONCE) as askers:
        list(askers.map(lambda _: patience.aside(together.wait), range(patience._AT_ONCE)))


def audited(engine: DuckDBEngine) -> int:
    """How many changes there have been: one entry each."""
    with engine.looking() as cursor:
        ((entries,),) = cursor.execute("select count(*) from audit_log").fetchall()
    return int(entries)


class Rerun(BaseException):
    """What stops a script in the middle; no `except Exception` sees it."""


def interrupt(act, chance: random.Random) -> None:
    """Run `act` in a thread and throw Rerun into it at a random moment."""
    thread = threading.Thread(target=_swallowing, args=(act,))
    thread.start()
    time.sleep(chance.uniform(0, 0.12))
    ident = ctypes.c_ulong(thread.ident or 0)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(Rerun))
    thread.join()


def _swallowing(act) -> None:
    try:
        act()
    except Rerun:
        return


def doubled(engine: DuckDBEngine, staged, key: str) -> None:
    """Two clicks at once with one key."""
    said = {"scope": OWNER, "key": key}
    clicks = [
        threading.Thread(target=commit_import, args=(engine, staged), kwargs=said) for _ in range(2)
    ]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
