"""Who somebody was goes, everywhere; what they sold stays, to the cent."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quarterdeck import cli, clock
from quarterdeck.commands.backups import NotSound, back_up, verify
from quarterdeck.commands.disclosing import disclose
from quarterdeck.commands.erasing import erase
from quarterdeck.commands.people import SetManager, SetRole, set_manager, set_role
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER, Scope
from quarterdeck.refusal import Refused
from tests.coached import coach, draft_word, private_word
from tests.conftest import TODAY, asked, commit, hashes, looked_at, rows_of

NAME, EMAIL, ID = "Quilla Zebrowski", "quilla.z@deals.example", "quilla-zebrowski"
PEOPLE = f"name,email,manager,base zip\n{NAME},{EMAIL},Dana,99201\nBen Zebro,,Dana,\nDana,,,\n"
DEALS = (
    "deal id,deal name,owner,account,stage,amount,created,close date,next step\n"
    f"D1,Fibre for {NAME.upper()},{NAME},Acme,Closed Won,1000.10,2026-09-01,2026-10-02,\n"
    f"D2,Racks,{NAME},Acme,Proposal,2000,2026-09-01,2026-12-20,Zimbal asks quilla.z@deals.example\n"
    "D3,Lake,Ben Zebro,Birch,Closed Won,300,2026-09-01,2026-10-03,\n"
)
HEAD = "deal id,owner,account,stage,amount,close date\n"
ACTIVITIES = (
    "activity id,kind,person,account,happened at,subject\n"
    f"A1,Call,{NAME},Acme,2026-11-20,Zimbal spoke\n"
)
WORDS = ("quilla", "zebrowski", "zimbal", "deals.example", *map(str.lower, (
    draft_word(ID), private_word(ID), ID[::-1])))  # fmt: skip


@pytest.fixture
def path(engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files, words of coaching, a backup; then everything is closed."""
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    for name, text in (("people", PEOPLE), ("deals", DEALS), ("activities", ACTIVITIES)):
        commit(engine, looked_at(engine, text, f"{name}.csv", exported_on=date(2026, 11, 21)))
    set_role(engine, SetRole("dana", "director", date(2026, 1, 1)), scope=OWNER)
    set_manager(engine, SetManager(ID, "dana", date(2026, 1, 1)), scope=OWNER)
    coach(engine, Scope("dana", "director"), ID)
    back_up(engine)
    assert engine.path is not None
    engine.close()
    return engine.path


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes().lower() for path in files}


def found_in(folder: Path) -> list[tuple[str, str]]:
    return [
        (path, word)
        for path, held in bytes_of(folder).items()
        for word in WORDS
        if word.encode() in held or word.encode("utf-16-le") in held
    ]


def test_the_words_are_there_before(path):
    assert {word for _, word in found_in(path.parent)} == set(WORDS)


def test_no_byte_of_any_file_says_who_it_was(path):
    erased = erase(path, ID)
    assert (erased.person_id, erased.person_name) == ("former-executive-1", "Former executive 1")
    assert found_in(path.parent) == []
    backups = sorted(one.name for one in (path.parent / "backups").glob("*.duckdb"))
    assert backups
    assert sorted(erased.databases) == sorted([path.name, *backups])


def test_no_cell_of_any_table_says_it_either(path):
    erase(path, ID)
    for database in (path, *path.parent.glob("backups/*.duckdb")):
        engine = DuckDBEngine(database)
        with engine.looking() as cursor:
            for table, *_ in cursor.execute("show tables").fetchall():
                rows = str(cursor.table(table).fetchall()).lower()
                assert not [word for word in WORDS if word in rows], table
        engine.close()


def test_the_numbers_stay_to_the_cent_and_the_database_is_sound(path):
    engine = DuckDBEngine(path)
    before = {row["person_id"]: row for row in rows_of(engine, "attainment", asked(engine))}
    engine.close()
    erase(path, ID)
    engine = DuckDBEngine(path)
    after = {row["person_id"]: row for row in rows_of(engine, "attainment", asked(engine))}
    assert after["former-executive-1"]["booked_usd"] == Decimal("1000.10")
    assert after["all"]["booked_usd"] == before["all"]["booked_usd"]
    assert after["dana"]["booked_usd"] == before["dana"]["booked_usd"]
    assert verify(engine).faults == ()
    engine.close()


def test_what_others_are_called_stays(path):
    erase(path, ID)
    engine = DuckDBEngine(path)
    names = {row["person_name"] for row in rows_of(engine, "people", asked(engine))}
    assert names == {"Ben Zebro", "Dana", "Former executive 1"}
    engine.close()


def test_a_first_name_alone_is_taken_out_of_no_longer_word(engine, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    text = (
        "deal id,owner,account,stage,amount,close date\nD1,Ana,Ana Banana Farm,Won,5,2026-10-01\n"
    )
    commit(engine, looked_at(engine, text, "deals.csv", exported_on=date(2026, 11, 21)))
    engine.close()
    erase(engine.path, "ana")
    again = DuckDBEngine(engine.path)
    (deal,) = rows_of(again, "credited_deals", asked(again))
    assert (deal["person_name"], deal["account_name"]) == ("Former executive 1", "Ana Banana Farm")
    again.close()


def test_the_second_one_erased_is_the_second(path):
    erase(path, ID)
    assert erase(path, "ben-zebro").person_name == "Former executive 2"


def test_who_is_unknown_or_erased_already_is_refused(path):
    with pytest.raises(Refused, match="no such person"):
        erase(path, "nobody")
    erase(path, ID)
    with pytest.raises(Refused, match="erased already"):
        erase(path, "former-executive-1")


def test_an_open_database_is_left_alone(path):
    holder = DuckDBEngine(path)
    with pytest.raises(Refused):
        cli_erase_elsewhere(path)
    assert NAME in {row["person_name"] for row in rows_of(holder, "people", asked(holder))}
    holder.close()
    assert not list(path.parent.glob("erasing-*"))


def test_where_a_backup_is_not_sound_nothing_is_erased(path):
    (backup, *_) = path.parent.glob("backups/*.duckdb")
    engine = DuckDBEngine(backup)
    with engine.transaction() as cursor:
        cursor.execute(
            "insert into mentor values ('nobody', 'closing', true, now()::timestamp, null)"
        )
    engine.close()
    before = {file: held for file, held in bytes_of(path.parent).items() if "receipt" not in file}
    with pytest.raises(NotSound):
        erase(path, ID)
    after = {file: held for file, held in bytes_of(path.parent).items() if "receipt" not in file}
    assert after == before


def cli_erase_elsewhere(path: Path) -> None:
    """From another process, as a second terminal would."""
    import subprocess
    import sys

    asked = [sys.executable, "-m", "quarterdeck", "--db", str(path), "erase", ID]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise Refused(done.stderr[-300:], "", "")


def test_a_blanked_file_is_not_read_again(engine, monkeypatch):
    """Taking the first back would read the second once more: with nobody where somebody was."""
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    first = commit(engine, looked_at(engine, "name,manager\nZoe,Dana\n", "one.csv"))["batch_id"]
    commit(engine, looked_at(engine, PEOPLE, "two.csv"))
    engine.close()
    erase(engine.path, ID)
    again = DuckDBEngine(engine.path)
    before = hashes(again)
    with pytest.raises(Refused, match="not as it was dropped"):
        undo_import(again, first, scope=OWNER)
    assert hashes(again) == before
    again.close()


def test_a_row_that_knows_somebody_by_an_id_alone_is_blanked_too(engine, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    people = f"person id,name,manager\nU17,{NAME},Dana\n"
    commit(engine, looked_at(engine, people, "people.csv"))
    kept = engine.path.parent / "originals" / "ab" / "abcd"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("who,what,usd\nU17,Zimbal spoke,12.50\nU18,Ben spoke,7\n", encoding="utf-8")
    engine.close()
    erase(engine.path, "U17")
    assert kept.read_text(encoding="utf-8") == "who,what,usd\n,,12.50\nU18,Ben spoke,7\n"


def test_a_workbook_that_names_somebody_is_taken_away(path):
    kept = path.parent / "originals" / "ab" / "abcd"
    kept.parent.mkdir(parents=True)
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<si><t>{NAME}</t></si>")
    other = kept.with_name("other")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", "<si><t>Ben</t></si>")
    erase(path, ID)
    assert not kept.exists()
    assert other.exists()


def test_erase_is_a_command_of_the_shell(path, monkeypatch, capsys):
    assert cli.main(["--db", str(path), "erase", ID, "--json"]) == 0
    assert '"person_name": "Former executive 1"' in capsys.readouterr().out


def test_everything_about_somebody_can_be_handed_over(path, capsys):
    assert cli.main(["--db", str(path), "about", ID, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["tables"]
    assert {row["deal_id"] for row in told["deal_version"]} == {"D1", "D2"}
    assert told["person"][0]["email"] == EMAIL
    assert {"coaching_plan", "coaching_session", "activity", "learning_item"} <= set(told)
    # What a director wrote for themselves is not part of it.
    assert private_word(ID) not in json.dumps(told)


def test_nothing_is_handed_over_about_nobody(path):
    with pytest.raises(Refused, match="no such person"):
        disclose(path, "nobody")
