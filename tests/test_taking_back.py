"""Any import is taken back, however many of its kind came later: the others hold as if alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from quarterdeck.commands.calendars import SetFiscalYear, set_fiscal_year
from quarterdeck.commands.people import SetManager, set_manager
from quarterdeck.commands.quotas import PHASING, SetQuota, set_quota
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.commands.undoing import undo_change
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.committing import commit_import
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER
from quarterdeck.refusal import Refused
from tests.conftest import asked, faults, hashes, looked_at, rows_of
from tests.test_books import FILES, HEADERS, LATER

DAYS = (date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23))
HEADS = HEADERS | {
    "people.csv": "name,email,manager,role\n",
    "quotas.csv": "person,period,quota\n",
    "accounts.csv": "account,industry,state,strategic\n",
    "splits.csv": "deal,person,share,valid from\n",
}
DEALS = "deal id,owner,stage,amount\nD1,Ana,Won,100\nD2,Ben,Open,50\nD3,Cy,Open,7\n"
THREE = {name: (FILES[name], LATER[name], FILES[name]) for name in FILES} | {
    "people.csv": (
        "Ana Reyes,ana@x.test,Dana Moss,executive\nBen Ode,ben@x.test,Dana Moss,executive\n",
        "Ana Reyes,reyes@x.test,Noor Ali,executive\nBen Ode,ben@x.test,,director\n",
        "Ana Reyes,ana@x.test,Noor Ali,executive\nZoe Oz,zoe@x.test,Ben Ode,executive\n",
    ),
    "quotas.csv": (
        "Ana,2026-Q4,900\nBen,2026-11,5\n",
        "Ana,2026-Q4,600\nCy,2026-Q4,30\n",
        "Ana,2026-12,50\nBen,2026-11,7\n",
    ),
    "accounts.csv": (
        "Acme,Mining,WA,yes\nBirch,Retail,,\n",
        "Acme,Energy,WA,yes\nCedar,Retail,ID,\n",
        "Acme,Energy,OR,no\nBirch,Retail,,\n",
    ),
    "splits.csv": (
        "D1,Ana,60,\nD1,Zoe,40,\nD2,Ben,100,\n",
        "D1,Ana,50,2026-10-01\nD1,Ben,50,2026-10-01\nD3,Cy,70,\nD3,Kim,30,\n",
        "D1,Ana,60,\nD1,Zoe,40,\nD2,Zoe,100,2026-11-20\nD2,Ana,100,2026-12-01\n",
    ),
}


def come(engine: DuckDBEngine, name: str, number: int) -> None:
    """One of the three files, under the same batch wherever it comes in."""
    text = HEADS[name] + THREE[name][number]
    staged = looked_at(engine, text, name, exported_on=DAYS[number])
    commit_import(engine, staged, scope=OWNER, key=f"batch {number}")


@pytest.mark.parametrize("goes", range(3))
@pytest.mark.parametrize("name", THREE)
def test_whichever_goes_what_stays_is_what_the_others_alone_would_say(engine, tmp_path, name, goes):
    alone = DuckDBEngine(tmp_path / "alone" / "quarterdeck.duckdb")
    for each in (engine, alone) if name == "splits.csv" else ():
        staged = looked_at(each, DEALS, exported_on=DAYS[0])
        commit_import(each, staged, scope=OWNER, key="deals")
    for number in range(3):
        come(engine, name, number)
        if number != goes:
            come(alone, name, number)
    undo_import(engine, f"batch {goes}", scope=OWNER)
    assert hashes(engine) == hashes(alone)
    assert not faults(engine)
    alone.close()


def test_taken_back_one_after_the_other_nothing_is_left(engine):
    before = hashes(engine)
    for number in range(3):
        come(engine, "people.csv", number)
    for number in (1, 0, 2):
        undo_import(engine, f"batch {number}", scope=OWNER)
    assert hashes(engine) == before


def test_the_list_of_imports_shows_what_stands_once(engine):
    for number in range(3):
        come(engine, "quotas.csv", number)
    undo_import(engine, "batch 0", scope=OWNER)
    listed = rows_of(engine, "imports", asked(engine))
    assert {row["batch_id"]: row["is_undone"] for row in listed} == {
        "batch 0": True, "batch 1": False, "batch 2": False,
    }  # fmt: skip
    assert len(listed) == 3


def test_a_newer_import_that_cannot_be_read_again_must_go_first(engine):
    for number in range(2):
        come(engine, "people.csv", number)
    before = hashes(engine)
    for original in (engine.folder / "originals").glob("*/*"):
        original.unlink()
    with pytest.raises(Refused, match="cannot be read again") as refusal:
        undo_import(engine, "batch 0", scope=OWNER)
    assert "batch 1" in refusal.value.do
    assert hashes(engine) == before


def test_what_was_set_by_hand_since_stays_set(engine):
    come(engine, "quotas.csv", 0)
    by_hand = SetQuota("ana", (date(2026, 11, 1),), Decimal(77), DAYS[1])
    set_quota(engine, by_hand, scope=OWNER)
    come(engine, "quotas.csv", 2)
    undo_import(engine, "batch 0", scope=OWNER)
    assert not faults(engine)
    november = rows_of(engine, "attainment", asked(engine, "2026-11", as_of=DAYS[2]))
    assert {row["person_name"]: row["quota_usd"] for row in november}["Ana"] == 77


NOVEMBER = (date(2026, 11, 1),)
BY_HAND = {
    "a quota": ("quotas.csv", lambda e: set_quota(
        e, SetQuota("ana", NOVEMBER, Decimal(77), DAYS[1]), scope=OWNER)),
    "a manager": ("people.csv", lambda e: set_manager(
        e, SetManager("ana-reyes", "ben-ode", DAYS[2]), scope=OWNER)),
    "the phasing": ("quotas.csv", lambda e: change_setting(
        e, ChangeSetting(PHASING, "quarter_end"), scope=OWNER)),
    "the fiscal year": ("quotas.csv", lambda e: set_fiscal_year(
        e, SetFiscalYear(2), scope=OWNER)),
}  # fmt: skip


@pytest.mark.parametrize("what", BY_HAND)
def test_what_was_changed_by_hand_after_a_newer_import_is_never_overruled(engine, what):
    name, change = BY_HAND[what]
    for number in range(2):
        come(engine, name, number)
    change(engine)
    before, entry = hashes(engine), engine.data_version()
    with pytest.raises(Refused, match="A change by hand") as refusal:
        undo_import(engine, "batch 0", scope=OWNER)
    assert f"entry {entry}" in refusal.value.do
    assert (hashes(engine), engine.data_version()) == (before, entry)


@pytest.mark.parametrize("what", ["a quota", "a manager"])
def test_what_was_set_by_hand_never_stands_beside_what_comes_back(engine, what):
    name, change = BY_HAND[what]
    for number in range(2):
        come(engine, name, number)
    change(engine)
    before = hashes(engine)
    with pytest.raises(Refused, match="set by hand since"):
        undo_import(engine, "batch 1", scope=OWNER)
    assert hashes(engine) == before
    undo_change(engine, engine.data_version(), scope=OWNER)
    undo_import(engine, "batch 1", scope=OWNER)
    assert not faults(engine)


def test_two_quotas_of_one_month_are_a_fault_that_verify_names(engine):
    come(engine, "quotas.csv", 0)
    with engine.transaction() as cursor:
        cursor.execute("insert into quota select * from quota where person_id = 'ben'")
    assert faults(engine) == ["two quotas of a person, month and line hold on one day"]
