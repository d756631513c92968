"""Every number is defined in one place that anyone can read; so is every change."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from quarterdeck import glossary
from quarterdeck.commands.people import AddPerson, SetRole, add_person, set_role
from quarterdeck.engine import DuckDBEngine
from quarterdeck.importing.undoing import undo_import
from quarterdeck.metrics import metrics
from quarterdeck.people import NOBODY, OWNER, Scope
from quarterdeck.ui import audit_trail, definitions
from tests.conftest import asked, commit, looked_at, rows_of
from tests.invented import HOSTILE
from tests.test_pages import answer, opened, told

PAGE = glossary.PAGES / "definitions.py"
TEAM = "name,manager\nAna,Dana\nBen,Dana\n"
DEALS = "deal id,owner,account,stage,amount,close date\nD1,Ana,Acme,Won,90,2017-10-05\n"
FILE = "![x](http://evil.example/x.png) $1$ :red[hot] people.csv"


@pytest.fixture
def changed(database: Path) -> Path:
    """Two imports, one of them taken back, and somebody added."""
    engine = DuckDBEngine(database)
    commit(engine, looked_at(engine, DEALS, exported_on=date(2017, 11, 1)))
    people = commit(engine, looked_at(engine, TEAM, FILE, exported_on=date(2017, 11, 1)))
    undo_import(engine, people["batch_id"], scope=OWNER)
    add_person(engine, AddPerson(HOSTILE), scope=OWNER)
    set_role(engine, SetRole("ana", "operations", date(2017, 11, 2)), scope=OWNER)
    engine.close()
    return database


def page(tab: str = "Numbers") -> AppTest:
    screen = opened(PAGE)
    if tab != "Numbers":
        screen.session_state["definitions"] = tab
        screen.run()
    assert not screen.exception, screen.exception[0].stack_trace
    return screen


def test_the_page_says_how_many_numbers_there_are(database: Path) -> None:
    assert answer(page()) == f"{len(metrics())} numbers, each defined once."


def test_every_metric_is_listed_and_none_twice(database: Path) -> None:
    named = [each.value for each in page().subheader]
    assert sorted(named) == sorted(metric.label for metric in metrics().values())


def test_attainment_names_the_page_it_stands_on(database: Path) -> None:
    assert "attainment" in glossary.uses()["attainment"].pages
    captions = [each.value for each in page().caption]
    assert any(said.startswith("Stands on Attainment") for said in captions)


def test_a_formula_used_by_another_stands_wherever_that_one_does() -> None:
    """ratio is called by no query: attainment is made of it."""
    assert "attainment" in glossary.uses()["ratio"].queries
    assert {*glossary.uses()["attainment"].pages} <= {*glossary.uses()["ratio"].pages}


def test_a_page_that_asks_nothing_uses_no_number() -> None:
    assert not [name for name, use in glossary.uses().items() if "upload" in use.pages]


def test_the_page_of_definitions_uses_none_of_them() -> None:
    assert not [name for name, use in glossary.uses().items() if "definitions" in use.pages]


def test_a_number_that_only_others_count_says_by_whose_name(database: Path) -> None:
    captions = [each.value for each in page().caption]
    assert "What others may mean by Won deals." in captions


def test_a_page_that_leads_to_attainment_does_not_use_it() -> None:
    assert "attainment" not in glossary.words_of("upload")
    assert "imports" in glossary.words_of("upload")


def test_a_formula_opens_with_what_others_mean(database: Path) -> None:
    screen = page()
    assert not screen.code
    screen.session_state["defined attainment"] = True
    screen.run()
    assert [each.value for each in screen.code] == [glossary.formulas("attainment")]
    assert "mean of the executives' percentages" in str(screen.table[0].value)


@pytest.mark.parametrize(
    ("words", "found"),
    [("attainment", "Attainment"), ("full-period", "Attainment"), ("SIGNATURE", "Booked")],
)
def test_a_number_is_found_by_its_name_meaning_and_rivals(
    database: Path,
    words: str,
    found: str,
) -> None:
    screen = page()
    screen.text_input(key="find number").input(words).run()
    named = [each.value for each in screen.subheader]
    assert found in named
    assert len(named) < len(metrics())


def test_words_that_name_nothing_say_so(database: Path) -> None:
    screen = page()
    screen.text_input(key="find number").input("zzz").run()
    assert not screen.subheader
    assert "No number is called that." in told(screen)


def test_the_file_holds_every_definition_with_queries_and_pages() -> None:
    rows = [*csv.DictReader(io.StringIO(definitions.everything().decode("utf-8-sig")))]
    assert [row["name"] for row in rows] == [*metrics()]
    (one,) = [row for row in rows if row["name"] == "attainment"]
    assert one["formula"] == metrics()["attainment"].formula
    assert "attainment" in one["queries"].split(", ")
    assert "attainment" in one["pages"].split(", ")
    assert "mean of the executives' percentages" in one["rivals"]


def test_the_audit_log_shows_an_import_and_its_undo(changed: Path) -> None:
    said = told(page("Audit log"))
    assert "**Import file** :gray[deals.csv: 1 new, 0 changed, 0 gone; exported 2017-11-01" in said
    taken_back = re.search(r"\*\*Undo import\*\* :gray\[.*people\.csv; batch \w+\]", said)
    imported = re.search(r"\*\*Import file\*\* :gray\[.*people\.csv: \d+ new", said)
    assert taken_back
    assert imported
    assert taken_back.start() < imported.start()


def test_an_entry_says_whom_it_is_about(changed: Path) -> None:
    assert "**Set role** :gray[person Ana (ana); role operations; from 2017-11-02]" in told(
        page("Audit log")
    )


def test_hostile_words_in_the_log_are_shown_as_text(changed: Path) -> None:
    screen = page("Audit log")
    written = "\n".join(each.value for each in screen.markdown)
    assert "![x]" not in written
    assert ":red[" not in written
    assert "<b>" not in written
    assert "![x](http:" in told(screen).replace("\u2060", "")


def test_a_change_is_found_by_what_was_done(changed: Path) -> None:
    screen = page("Audit log")
    screen.text_input(key="find change").input("undo import").run()
    assert "1–1 of 1 change, newest first." in told(screen)
    screen.text_input(key="find change").input("nothing like it").run()
    assert "No change is called that." in told(screen)


def test_without_a_change_the_log_says_what_will_stand_there(database: Path) -> None:
    assert "Nothing has been changed yet." in told(page("Audit log"))


def test_the_tab_that_is_closed_asks_nothing(changed: Path) -> None:
    assert "Undo import" not in told(page())
    assert not page("Audit log").subheader


@pytest.fixture
def log(engine: DuckDBEngine, drop):
    """What a viewer sees of four changes: the owner's three and Ana's one."""
    drop(TEAM, "people.csv")
    add_person(engine, AddPerson("Zoe"), scope=OWNER)
    add_person(engine, AddPerson("Yan"), scope=Scope("ana", "director"))

    def seen(scope: Scope, **more: str | int) -> list[str]:
        return [row["command"] for row in rows_of(engine, "audit", asked(engine), scope, **more)]

    return seen


def test_the_owner_and_operations_see_every_change(log) -> None:
    assert log(OWNER) == log(Scope("sol", "operations")) == ["AddPerson", "AddPerson", "ImportFile"]


@pytest.mark.parametrize("role", ["executive", "director", "area_director"])
def test_anyone_else_sees_only_their_own_changes(log, role: str) -> None:
    assert log(Scope("ana", role)) == ["AddPerson"]
    assert log(Scope("ben", role)) == []


def test_nobody_sees_no_change_and_no_name_opens_the_owners(log) -> None:
    assert log(NOBODY) == log(Scope("owner", "executive")) == log(Scope("", "executive")) == []


def test_the_log_is_cut_by_the_database_newest_first(log) -> None:
    assert log(OWNER, rows_shown=1, rows_before=2) == ["ImportFile"]


def test_a_search_finds_names_with_spaces_and_letters_beyond_ascii(engine, log) -> None:
    add_person(engine, AddPerson("Åsa 100% Öst"), scope=OWNER)
    for words in ("Åsa", "100%", "asa 1", "ADD person"):
        is_found = "AddPerson" in log(OWNER, search=audit_trail.sought(words))
        assert is_found == (words != "asa 1"), words
    assert log(OWNER, search="%") == ["AddPerson"]


def test_values_of_a_change_nobody_foresaw_are_said_by_their_names() -> None:
    payload = json.dumps(
        {"quota_usd": "1000", "person_id": "p1", "note": None, "late_on": "x" * 99}
    )
    said = audit_trail.said("BendRule", payload, {"p1": "Pia"})
    assert said.replace("\\", "").startswith(
        "**Bend rule** :gray[person Pia (p1); quota $1,000.00; late xxx"
    )
    assert len(said) < 160
    assert audit_trail.said("Odd", "[1]", {}) == "**Odd** :gray[1]"
    assert audit_trail.said("ImportFile", '{"new": "two"}', {}) == "**Import file** :gray[new two]"
