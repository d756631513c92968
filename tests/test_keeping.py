"""Nothing acknowledged is lost: backups, checks, and what happens to a damaged file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from quarterdeck import keeping
from quarterdeck.cli import main
from quarterdeck.commands import backups
from quarterdeck.engine import DuckDBEngine
from quarterdeck.refusal import Refused
from tests.conftest import TODAY, asked, hashes, rows_of

DEALS = "deal id,owner,account,stage,amount,close date\nD1,Ana,Acme,Won,5,2026-10-02\n"
ROOT = Path(__file__).resolve().parents[1]


def test_a_backup_holds_what_the_database_held(engine, drop):
    drop(DEALS)
    copy = DuckDBEngine(backups.back_up(engine))
    assert hashes(copy) == hashes(engine)
    assert copy.data_version() == engine.data_version()


def test_a_backup_may_go_to_a_named_place(engine, drop, tmp_path):
    drop(DEALS)
    made = backups.back_up(engine, tmp_path / "elsewhere.duckdb")
    assert hashes(DuckDBEngine(made)) == hashes(engine)
    assert not keeping.backups(engine.folder / "backups")


def test_the_newest_ten_backups_stay(engine, drop, tmp_path):
    drop(DEALS)
    folder = engine.folder / "backups"
    folder.mkdir(exist_ok=True)
    for day in range(1, 14):
        keeping.backup_name(folder, datetime.fromisoformat(f"2026-10-{day:02d}")).write_text("")
    made = backups.back_up(engine)
    kept = keeping.backups(folder)
    assert (len(kept), kept[0]) == (10, made)
    assert "2026-10-05" in kept[-1].name


def test_nothing_to_back_up_is_said(engine):
    with pytest.raises(Refused, match="nothing to back up"):
        backups.back_up(engine)


def test_a_copy_that_differs_is_never_called_a_backup(engine, drop, monkeypatch):
    drop(DEALS)
    real, calls = keeping.fingerprint, []

    def differing(cursor, database):
        calls.append(database)
        return real(cursor, database) | {"person": (len(calls), 0)}

    monkeypatch.setattr(keeping, "fingerprint", differing)
    with pytest.raises(keeping.CopyDiffers):
        backups.back_up(engine)
    assert list((engine.folder / "backups").iterdir()) == []
    monkeypatch.undo()
    assert backups.back_up(engine).exists()


def test_the_first_import_of_a_day_is_preceded_by_a_backup(engine, drop):
    drop(DEALS)
    assert not keeping.backups(engine.folder / "backups")
    before = hashes(engine)
    drop("name,manager\nAna,Dana\n", "people.csv")
    drop("name,manager\nAna,Noor\n", "people.csv")
    (only,) = keeping.backups(engine.folder / "backups")
    assert hashes(DuckDBEngine(only)) == before


def test_backups_made_while_others_write_are_consistent(engine, drop):
    drop(DEALS)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with engine.transaction() as cursor:
                cursor.execute("update deal_version set amount_usd = amount_usd + 1")
                cursor.execute(
                    "update person set region = (select max(amount_usd) from deal_version)"
                )

    writer = threading.Thread(target=write)
    writer.start()
    made = [keeping.move(backups.back_up(engine), engine.folder / f"c{n}") for n in range(5)]
    stop.set()
    writer.join()
    for number in range(len(made)):
        copy = duckdb.connect(str(engine.folder / f"c{number}"))
        ((deal, person),) = copy.execute(
            "select (select max(amount_usd) from deal_version)::varchar, "
            "(select max(region) from person)"
        ).fetchall()
        assert deal == (person or "5.00")
        copy.close()


def test_restore_brings_a_backup_back_and_keeps_what_stood_there(engine, drop):
    drop(DEALS)
    before, made = hashes(engine), backups.back_up(engine)
    drop(DEALS.replace("D1", "D2"), extent="partial")
    after = hashes(engine)
    engine.close()
    kept = backups.restore(engine.path, made)
    assert hashes(DuckDBEngine(engine.path)) == before
    assert hashes(DuckDBEngine(kept)) == after


def test_restore_refuses_what_is_no_sound_backup_and_changes_nothing(engine, drop, tmp_path):
    drop(DEALS)
    before = hashes(engine)
    made = backups.back_up(engine, tmp_path / "b.duckdb")
    other = duckdb.connect(str(made))
    other.execute("delete from person")
    other.close()
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"nothing" * 5000)
    engine.close()
    for source in (made, broken, tmp_path / "absent.duckdb"):
        with pytest.raises(Refused):
            backups.restore(engine.path, source)
    assert hashes(DuckDBEngine(engine.path)) == before


def test_restore_refuses_a_backup_of_a_newer_version(engine, drop):
    drop(DEALS)
    made = backups.back_up(engine)
    later = duckdb.connect(str(made))
    later.execute("insert into migration values ('9999_later', now()::timestamp)")
    later.close()
    engine.close()
    with pytest.raises(Refused, match="newer version"):
        backups.restore(engine.path, made)


def test_verify_finds_a_reference_to_nobody(engine, drop):
    drop(DEALS)
    assert backups.verify(engine).faults == ()
    with engine.transaction() as cursor:
        cursor.execute("update deal_version set owner_id = 'ghost'")
        cursor.execute("update report_path set depth = 7")
    rules = [fault["rule"] for fault in backups.verify(engine).faults]
    assert rules == [
        "a deal is owned by somebody unknown",
        "somebody is missing from the closure of reporting lines",
        "somebody reports to themselves, round a circle",
    ]


def test_verify_prints_hashes_and_exits_1_when_unsound(engine, drop, capsys):
    drop(DEALS)
    assert main(["--db", str(engine.path), "verify", "--json"]) == 0
    sound = json.loads(capsys.readouterr().out)
    assert sound["tables"]["deal_version"]["rows"] == 1
    with engine.transaction() as cursor:
        cursor.execute("update deal_version set account_id = 'ghost'")
    assert main(["--db", str(engine.path), "verify", "--json"]) == 1
    unsound = json.loads(capsys.readouterr().out)
    assert (unsound["faults"][0]["first"], bool(unsound["refused"]["do"])) == ("D1", True)


def test_a_lost_log_is_noticed_by_the_receipt(engine, drop):
    drop(DEALS)
    engine.close()
    kept = engine.path.read_bytes()
    engine = DuckDBEngine(engine.path)
    with engine.transaction() as cursor:
        cursor.execute(
            "insert into audit_log (happened_at, actor, command, payload) "
            "values (now()::timestamp, 'a', 'b', '{}')"
        )
    engine.close()
    engine.path.write_bytes(kept)
    with pytest.raises(Refused, match="change 2 was acknowledged, the file ends at 1"):
        DuckDBEngine(engine.path)


def test_a_damaged_file_is_kept_and_restore_is_named(engine, drop):
    drop(DEALS)
    made = backups.back_up(engine)
    engine.close()
    damaged = b"\0" * 4096 + engine.path.read_bytes()[4096:]
    engine.path.write_bytes(damaged)
    with pytest.raises(Refused, match="damaged") as refusal:
        DuckDBEngine(engine.path)
    assert f"restore {made}" in refusal.value.do
    assert engine.path.read_bytes() == damaged


def test_after_the_database_broke_the_next_click_reopens_the_file(engine, drop):
    drop(DEALS)
    with pytest.raises(Refused), engine.transaction():
        raise duckdb.FatalException("FATAL Error: database has been invalidated")
    assert rows_of(engine, "attainment", asked(engine))[0]["booked_usd"] == 5
    with engine.transaction() as cursor:
        cursor.execute("update deal_version set amount_usd = 6")
    assert rows_of(engine, "attainment", asked(engine))[0]["booked_usd"] == 6


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from quarterdeck.commands import backups
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_import
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from datetime import date

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
engine = DuckDBEngine(Path(sys.argv[1]))
head = "deal id,owner,account,stage,amount,close date\\n"
rows = "".join(f"E{n},Owner {n % 30},Account {n},Won,{n}.00,2026-10-02\\n" for n in range(20_000))
staged = stage(engine, Dropped("d.csv", (head + rows).encode(), extent="partial",
    exported_on=date(2026, 11, 21)), scope=OWNER, today=date(2026, 11, 25))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
try:
    backups.back_up(engine) if sys.argv[3] == "backup" else commit_import(
        engine, staged, scope=OWNER, key="k" * 16)
except Refused as refusal:
    print("refused:", refusal.what)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
print(engine.data_version())
if sys.argv[3] == "backup":
    print(backups.back_up(engine).exists())
else:
    print(commit_import(engine, staged, scope=OWNER, key="l" * 16)["changes"]["new"])
"""


@pytest.mark.parametrize("what", ["commit", "backup"])
def test_a_full_disk_leaves_nothing_half_and_works_again_when_space_returns(engine, drop, what):
    """A limit on the size of files stands in for a full disk."""
    drop(DEALS)
    backups.back_up(engine)
    engine.close()
    limit = engine.path.stat().st_size + 40_000 if what == "commit" else 100_000
    found = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(engine.path), str(limit), what],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "QUARTERDECK_TODAY": str(TODAY)},
    )
    lines = found.stdout.splitlines()
    assert lines, found.stderr
    assert lines[0].startswith("refused:"), found.stderr
    assert lines[1] == "1"
    assert lines[2] == ("True" if what == "backup" else "20000"), found.stderr
    assert not list(engine.folder.rglob("*.half"))
