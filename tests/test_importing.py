"""One file, from drop to commit and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.importing import staging
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.unanswered import QuestionsOpen
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER, Scope
from quarterdeck.refusal import Refused
from tests.conftest import (
    MAVEN,
    MAVEN_FILES,
    NEEDS_MAVEN,
    asked,
    commit,
    hashes,
    looked_at,
    rows_of,
)

HEAD = "deal id,deal name,owner,account,stage,amount,close date\n"
D1 = "D1,Fibre,Ana,Acme,Won,100.00,2026-10-05\n"
D2 = "D2,Racks,Ben,Birch,Proposal,50.00,2026-12-20\n"
ANY_ORDER = [MAVEN_FILES, MAVEN_FILES[::-1], (MAVEN_FILES[3], *MAVEN_FILES[:3])]


def test_stage_changes_nothing(engine, drop):
    drop(HEAD + D1)
    before, version = hashes(engine), engine.data_version()
    looked_at(engine, HEAD + D2)
    assert (hashes(engine), engine.data_version()) == (before, version)


def test_stage_without_a_database_makes_none(engine):
    assert looked_at(engine, HEAD + D1).report["changes"]["new"] == 1
    assert not engine.path.exists()


def test_the_report_counts_new_changed_unchanged_and_gone(engine, drop):
    drop(HEAD + D1 + D2 + "D3,Lake,Ben,Birch,Open,1,2026-12-01\n", exported_on=date(2026, 11, 1))
    later = HEAD + D1 + D2.replace("50.00", "75.00") + "D4,Mast,Ana,Acme,Open,9,2026-12-02\n"
    staged = looked_at(engine, later, extent="full")
    assert staged.report["changes"] == {
        "new": 1, "changed": 1, "unchanged": 1, "gone": 1, "reopened": 0,
    }  # fmt: skip


def test_a_changed_cell_shows_old_and_new(engine, drop):
    drop(HEAD + D2, exported_on=date(2026, 11, 1))
    staged = looked_at(engine, HEAD + D2.replace("50.00", "75.00").replace("Ben", "Ana"))
    cells = {(c.label, c.field): (c.old, c.new) for c in staged.examples if c.kind == "changed"}
    assert cells == {("Racks", "amount"): ("50.00", "75.00"), ("Racks", "owner"): ("Ben", "Ana")}


def test_totals_before_and_after_are_of_everything_known(engine, drop):
    drop(HEAD + D1, exported_on=date(2026, 11, 1))
    staged = looked_at(engine, HEAD + D2.replace("Proposal", "Won"), extent="partial")
    assert staged.before["won"] == {"count": 1, "amount": "100.00"}
    assert staged.after["won"] == {"count": 2, "amount": "150.00"}


def test_commit_writes_rows_batch_and_audit_together(engine, drop):
    report = drop(HEAD + D1)
    with engine.looking() as cursor:
        ((command, actor, payload),) = cursor.execute(
            "select command, actor, payload from audit_log"
        ).fetchall()
    assert (command, actor) == ("ImportFile", "owner")
    assert json.loads(payload)["batch_id"] == report["batch_id"]
    assert json.loads(payload)["new"] == 1


def test_the_same_file_twice_is_said_and_changes_nothing(engine, drop):
    first = drop(HEAD + D1)
    before = hashes(engine)
    again = drop(HEAD + D1)
    assert again["batch_id"] == first["batch_id"]
    assert (again["changes"]["new"], again["changes"]["changed"], again["changes"]["gone"]) == (
        0,
        0,
        0,
    )
    assert hashes(engine) == before


def test_two_clicks_on_commit_are_one(engine):
    staged, key = looked_at(engine, HEAD + D1), new_key()
    first = commit_import(engine, staged, scope=OWNER, key=key)
    second = commit_import(engine, staged, scope=OWNER, key=key)
    assert first == second
    assert len(rows_of(engine, "imports", asked(engine))) == 1


def test_a_preview_that_is_no_longer_true_is_refused(engine, drop):
    drop(HEAD + D1, exported_on=date(2026, 11, 1))
    mine = looked_at(engine, HEAD + D2, extent="partial")
    drop(HEAD + D2.replace("50", "51"), extent="partial")
    with pytest.raises(Refused, match="changed since this preview"):
        commit(engine, mine)


def test_an_older_list_of_people_is_refused_with_the_reason(engine, drop):
    people = "name,email\nAna Reyes,ana@x.test\n"
    drop(people, "people.csv", exported_on=date(2026, 11, 10))
    with pytest.raises(Refused, match="older than the newest one of 2026-11-10"):
        drop(people.replace("ana@", "reyes@"), "people.csv", exported_on=date(2026, 11, 9))


def test_an_older_export_of_another_kind_is_welcome(engine, drop):
    drop(HEAD + D1, exported_on=date(2026, 11, 10))
    drop("name,manager\nAna,Dana\n", "people.csv", exported_on=date(2026, 11, 1))


def test_an_open_question_stops_the_commit_and_its_answer_lets_it_through(engine):
    text = HEAD + "D1,Fibre,Ana,Acme,Won,5,03/04/2026\n"
    with pytest.raises(QuestionsOpen) as asking:
        commit(engine, looked_at(engine, text))
    (question,) = asking.value.questions
    staged = looked_at(engine, text, answers={question["id"]: question["choices"][1]})
    commit(engine, staged)
    (deal,) = rows_of(engine, "credited_deals", asked(engine, "2026"))
    assert deal["closed_on"] == date(2026, 4, 3)


def test_rejected_rows_are_left_behind_only_when_asked(engine):
    text = HEAD + D1 + ",,,,,7,2026-10-09\n"
    with pytest.raises(Refused, match="1 row would be left out"):
        commit(engine, looked_at(engine, text))
    report = commit(engine, looked_at(engine, text), only_good=True)
    assert report["rows"] == {"in_file": 2, "good": 1, "rejected": 1, "blank": 0}


def test_an_executive_may_not_import(engine):
    with pytest.raises(Refused, match="may not import"):
        commit_import(
            engine, looked_at(engine, HEAD + D1), scope=Scope("ana", "executive"), key="k"
        )
    assert not engine.path.exists()


def test_the_original_is_kept_under_its_hash(engine, drop):
    report = drop(HEAD + D1)
    sha256 = report["file"]["sha256"]
    assert (engine.folder / "originals" / sha256[:2] / sha256).read_text() == HEAD + D1


def test_a_staged_file_leaves_nothing_in_staging_once_committed(engine, drop):
    drop(HEAD + D1)
    assert not list((engine.folder / "staging").iterdir())


@pytest.mark.usefixtures("in_a_child")
@pytest.mark.parametrize("dies", ["signal", "status"])
def test_a_child_that_dies_becomes_a_refusal_with_a_reason(engine, monkeypatch, dies):
    killing = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    program = {"signal": killing, "status": "raise SystemExit(7)"}[dies]
    real = staging.subprocess.Popen

    def dying(command, **options):
        return real([command[0], "-c", program], **options)

    monkeypatch.setattr(staging.subprocess, "Popen", dying)
    with pytest.raises(Refused, match=r"could not be read to its end.*(signal 11|status 7)"):
        looked_at(engine, f"{HEAD}{D1}never read before by {dies}\n")
    assert not engine.path.exists()


@pytest.mark.parametrize("content", ["", "\n\n", HEAD, "\x00\x01\x02PK\x03", "just a line\n"])
def test_what_is_no_table_is_refused_in_three_parts(engine, content):
    with pytest.raises(Refused) as refusal:
        looked_at(engine, content)
    assert refusal.value.what
    assert refusal.value.do


# Undo


def test_undo_gives_every_table_back(engine, drop):
    empty = hashes(engine)
    first = drop(HEAD + D1 + D2, exported_on=date(2026, 11, 1))
    before = hashes(engine)
    second = drop(HEAD + D1 + D2.replace("50.00", "75.00"))
    undo_import(engine, second["batch_id"], scope=OWNER)
    assert hashes(engine) == before
    undo_import(engine, first["batch_id"], scope=OWNER)
    assert [rows for rows in hashes(engine) if rows[0] != "setting"] == [
        rows for rows in empty if rows[0] != "setting"
    ]


def test_undoing_twice_is_refused(engine, drop):
    report = drop(HEAD + D1)
    undo_import(engine, report["batch_id"], scope=OWNER)
    with pytest.raises(Refused, match="already taken back"):
        undo_import(engine, report["batch_id"], scope=OWNER)


def test_after_undo_the_same_file_comes_in_anew(engine, drop):
    first = drop(HEAD + D1)
    undo_import(engine, first["batch_id"], scope=OWNER)
    again = drop(HEAD + D1)
    assert again["batch_id"] != first["batch_id"]
    assert again["changes"]["new"] == 1


def test_people_that_later_imports_use_stay_and_are_named(engine, drop):
    deals = drop(HEAD + D1 + D2)
    drop("name,manager\nAna,Dana\n", "people.csv")
    undone = undo_import(engine, deals["batch_id"], scope=OWNER)
    assert undone.kept == ("Ana",)
    names = [member["person_name"] for member in rows_of(engine, "team", asked(engine))]
    assert names == ["Ana", "Dana"]


@NEEDS_MAVEN
@pytest.mark.parametrize("order", ANY_ORDER, ids="-".join)
def test_a_real_export_comes_in_in_any_order_and_goes_back(engine, order):
    seen, batches = [hashes(engine)], []
    for name in order:
        text = (MAVEN / f"{name}.csv").read_bytes().decode()
        batches.append(commit(engine, looked_at(engine, text, f"{name}.csv", exported_on=None)))
        seen.append(hashes(engine))
    found = {
        row["person_name"]: row for row in rows_of(engine, "attainment", asked(engine, "2017-Q4"))
    }
    assert found["All"]["booked_usd"] == Decimal("2802496.00")
    assert found["Rocco Neubert"]["booked_usd"] == Decimal("513705.00")
    assert found["Reed Clapper"]["booked_usd"] == Decimal("123580.00")
    for batch, before in zip(reversed(batches), reversed(seen[:-1]), strict=True):
        undo_import(engine, batch["batch_id"], scope=OWNER)
        assert hashes(engine) == before


@NEEDS_MAVEN
def test_products_of_the_real_export_find_their_line(maven):
    """The deals say "GTXPro" where the products say "GTX Pro"."""
    lines = {row["product_line"] for row in rows_of(maven, "credited_deals", asked(maven, "2017"))}
    assert lines == {"GTX", "GTK", "MG"}
