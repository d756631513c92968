"""One file, one writer, locked down."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import duckdb
import pytest

from quarterdeck import catalog, clock
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.refusal import Refused
from quarterdeck.shaping import MIGRATIONS
from tests.conftest import TODAY, asked, hashes, rows_of

pytestmark = pytest.mark.usefixtures("shaped_anew")


def test_looking_at_nothing_leaves_nothing_behind(tmp_path):
    engine = DuckDBEngine(tmp_path / "new" / "quarterdeck.duckdb")
    assert rows_of(engine, "attainment", asked(engine))[0]["person_id"] == "all"
    assert not (tmp_path / "new").exists()


def test_the_first_write_makes_the_file(engine, drop):
    assert not engine.path.exists()
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    assert engine.path.exists()


def test_what_was_written_is_there_after_reopening(engine, drop):
    drop("deal id,stage,owner,amount\nD1,Won,Ana,5\n")
    before = hashes(engine)
    engine.close()
    assert hashes(DuckDBEngine(engine.path)) == before


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, GeneratorExit, ValueError])
def test_whatever_interrupts_a_write_takes_it_all_back(engine, drop, interruption):
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    before = hashes(engine)

    def interrupted() -> None:
        with engine.transaction() as cursor:
            cursor.execute("update person set person_name = 'Ben'")
            raise interruption

    pytest.raises(interruption, interrupted)
    assert hashes(engine) == before


def test_sql_reaches_no_file_but_staging_and_backups(engine, drop, tmp_path):
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with engine.looking() as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute("select * from read_csv($path)", {"path": str(tmp_path / "secret.csv")})


@pytest.mark.parametrize(
    "setting",
    [
        "set max_temp_directory_size = '90GB'",
        "set allowed_configs = ['threads']",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_no_setting_can_be_changed_back(engine, setting):
    with engine.looking() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(setting)


def test_a_second_process_is_named_with_what_to_do(engine, drop):
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    program = (
        "import sys; from quarterdeck.cli import main; "
        "sys.exit(main(['--db', sys.argv[1], 'answer', 'team', '--json']))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(engine.path)], capture_output=True, text=True
    )
    assert found.returncode == 1
    assert f"({os.getpid()})" in found.stdout
    assert "While the dashboard runs" in found.stdout


def test_a_file_of_a_newer_version_is_refused_in_plain_words(engine, drop):
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    with engine.transaction() as cursor:
        about = {"name": "9999_later", "at": "2030-01-01"}
        run(cursor, catalog.statements("migration_record"), about)
    engine.close()
    with pytest.raises(Refused, match="newer version") as refusal:
        DuckDBEngine(engine.path)
    assert refusal.value.do.startswith("Update Quarterdeck")


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path):
    path = tmp_path / "quarterdeck.duckdb"
    path.write_bytes(b"this is not a database" * 1000)
    with pytest.raises(Refused, match="cannot be opened"):
        DuckDBEngine(path)
    assert path.read_bytes().startswith(b"this is not")


def test_each_migration_runs_once(engine, drop):
    drop("deal id,stage,owner\nD1,Open,Ana\n")
    engine.close()
    again = DuckDBEngine(engine.path)
    with again.looking() as cursor:
        done = run(cursor, catalog.statements("migration_done")).fetchall()
    assert sorted(name for (name,) in done) == sorted(p.stem for p in MIGRATIONS.glob("*.sql"))


def test_a_question_asked_while_another_is_written_sees_all_or_nothing(engine, drop):
    drop("deal id,stage,owner,amount,close date\nD1,Won,Ana,5,2026-10-02\n")
    with engine.transaction() as cursor:
        cursor.execute("update deal_version set amount_usd = 7")
        assert rows_of(engine, "attainment", asked(engine))[0]["booked_usd"] == 5
    assert rows_of(engine, "attainment", asked(engine))[0]["booked_usd"] == 7


def test_every_table_is_hashed_and_taken_back_by_undo(engine):
    """A table added later must be added to both statements; what is derived follows by itself, and
    no import plans a realignment, lets anybody in, keeps a view or coaches."""
    planned = {"scenario", "scenario_move", "scenario_rule", "scenario_deal"}
    signed = {"identity", "person_access"}
    coached = {"action_item", "coaching_plan", "coaching_session", "private_note", "skill_score"}
    coached |= {"learning_item", "win_story", "mentor", "coaching_answer"}
    derived = {"report_path", "place", "saved_view", *planned, *signed, *coached}
    kept = {"migration", "definition", "audit_log", "import_batch", "ended_login"} | derived
    with engine.looking() as cursor:
        tables = {name for (name, *_) in cursor.execute("show tables").fetchall()}
    hashed = {name for name, *_ in hashes(engine)}
    assert tables - kept == hashed - derived
    undo = "\n".join((*catalog.statements("undo"), *catalog.statements("weave_commit")))
    never_comes_back = {"deal_event"}
    for table in tables - kept:
        assert f"update {table} set" in undo, table
        assert table in never_comes_back or f"insert into {table}\n" in undo, table


def test_no_moment_names_two_changes(engine, drop):
    for number in range(3):
        drop(f"deal id,stage,owner\nD1,Stage {number},Ana\n")
    with engine.looking() as cursor:
        moments = cursor.execute("select happened_at from audit_log").fetchall()
    assert len(set(moments)) == len(moments) == 3


def test_today_is_told_not_looked_up(monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")
    assert clock.today() == TODAY


def test_a_question_does_not_wait_for_a_writer(engine):
    writing, asked = threading.Event(), threading.Event()

    def write() -> None:
        with engine.transaction():
            writing.set()
            asked.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    assert writing.wait(20)
    reader = threading.Thread(target=engine.data_version)
    reader.start()
    reader.join(10)
    is_answered = not reader.is_alive()
    asked.set()
    writer.join()
    assert is_answered
