"""A text that looks like SQL is asked for, shown and kept as a text: nothing of it is run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as st_

from quarterdeck import catalog, clock, reads
from quarterdeck.cli import main
from quarterdeck.commands.capacity import SetCapacity, set_capacity
from quarterdeck.commands.credits import SetCredit, set_credit
from quarterdeck.commands.holidays import SetDayOff, SetHolidays, set_day_off, set_holidays
from quarterdeck.commands.identities import SetAccess, SignOut, set_access, was_ended
from quarterdeck.commands.modules import (
    CreateModule,
    MoveAccounts,
    SetModuleOwner,
    create_module,
    move_accounts,
    set_module_owner,
)
from quarterdeck.commands.objectives import SetObjective, set_objective
from quarterdeck.commands.people import (
    AddPerson,
    SetManager,
    SetRole,
    add_person,
    set_manager,
    set_role,
)
from quarterdeck.commands.plans import (
    PlanCopy,
    PlanDrop,
    PlanMoves,
    PlanRealignment,
    PlanRule,
    PlanStatus,
    plan_copy,
    plan_drop,
    plan_moves,
    plan_realignment,
    plan_rule,
    plan_status,
)
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.commands.settings import ChangeSetting, change_setting
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.importing.undoing import undo_import
from quarterdeck.people import OWNER, PersonUnknown, Scope, scope_of
from quarterdeck.refusal import Refused
from quarterdeck.ui import address
from tests import hostile, teams
from tests.conftest import TODAY, asked, commit, hashes, looked_at, rows_of
from tests.test_pages import answer, opened, told

SQL = hostile.SQL
FEW = SQL[::6]
STRANGE = "nothing is called so"
LEAKS = re.compile(
    r"\bselect\b.+\bfrom\b|(parser|binder|catalog|conversion|constraint|invalid input|io) error"
    r"|duckdb|traceback|\.sql\b|\.py\b|site-packages|staging/|/tmp/|\bline \d+:",
    re.I | re.S,
)
PAGES = Path(__file__).resolve().parent.parent / "pages"
KNOWN = ("Ana", "North", "Cloud")
TEXTS = st_.lists(
    st_.sampled_from((*SQL, "'", '"', ";", "--", "/*", "*/", "$", "%", "_", "!", "\\", "\0", "x")),
    max_size=4,
).map("".join) | st_.text(max_size=20)  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBEngine]:
    """Two teams with a few deals and accounts, none of them called like SQL."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        made = DuckDBEngine(tmp_path_factory.mktemp("corpus") / "quarterdeck.duckdb")
        teams.fill(made)
        deals = [teams.row(f"D{at}", ("Qualify", "Closed Won", "Closed Lost")[at % 3],
                           owner=("Ana", "Ben", "Cy")[at % 3], closes="2026-11-02")
                 for at in range(9)]  # fmt: skip
        commit(made, looked_at(made, teams.HEAD + "".join(deals)))
        yield made
        made.close()


@pytest.fixture(scope="module")
def unchanged(corpus: DuckDBEngine) -> Iterator[DuckDBEngine]:
    """The same, and after all of these tests no table holds anything else."""
    before = hashes(corpus)
    yield corpus
    assert hashes(corpus) == before


def says_nothing_of_the_inside(said: str, word: str) -> None:
    """Beside the word itself, which may be repeated, nothing of tables, files or statements."""
    about = said.replace(word, "").replace(word.replace("\\", "\\\\"), "")
    assert not LEAKS.search(about), about


def hostile_filters(engine: DuckDBEngine, word: str) -> Filters:
    return asked(
        engine, person_ids=(word,), module_ids=(word,), product_lines=(word,), channels=(word,),
        basis=word, assignments=word, today=TODAY,
    )  # fmt: skip


def more(word: str) -> dict[str, Any]:
    """Every text that a query may take besides the filters."""
    return {
        "search": word, "stages": [word], "split_by": word, "narrowed_by": word,
        "narrowed_to": [word], "pipeline_mode": word, "movements": [word], "scenario_id": word,
        "words": word,
    }  # fmt: skip


# Questions


@pytest.mark.parametrize(("name", "word"), list(zip(catalog.names(), cycle(SQL), strict=False)))
def test_every_question_takes_it_for_a_word_that_nobody_knows(
    unchanged: DuckDBEngine, name: str, word: str
) -> None:
    known = catalog.load(name).parameters

    def rows(said: str) -> tuple[Any, ...]:
        parts = {key: value for key, value in more(said).items() if key in known}
        return reads.exact(unchanged, OWNER, hostile_filters(unchanged, said), name, **parts).rows

    assert rows(word) == rows(STRANGE)


@pytest.mark.parametrize("word", SQL[::4])
def test_a_search_finds_nothing_by_it_and_a_filter_lets_nothing_through(
    unchanged: DuckDBEngine, word: str
) -> None:
    found = reads.exact(unchanged, OWNER, asked(unchanged), "search", words=word)
    assert not found.rows
    for name in ("open_deals", "credited_deals", "last_contacts"):
        told_of = {key: value for key, value in more(word).items()
                   if key in catalog.load(name).parameters}  # fmt: skip
        assert not reads.exact(unchanged, OWNER, asked(unchanged), name, **told_of).rows
    for field in ("person_ids", "module_ids", "product_lines", "channels"):
        filters = asked(unchanged, **{field: (word,)})
        assert not reads.exact(unchanged, OWNER, filters, "open_deals").rows


@pytest.mark.parametrize("word", SQL[1::4])
def test_nobody_with_such_an_id_or_role_sees_anything(unchanged: DuckDBEngine, word: str) -> None:
    for scope in (Scope(word, "executive"), Scope(word, word), Scope("", word)):
        for name in ("open_deals", "people", "territory_accounts"):
            assert not reads.exact(unchanged, scope, asked(unchanged), name).rows
    with pytest.raises(PersonUnknown) as unknown:
        scope_of(unchanged, word, TODAY)
    says_nothing_of_the_inside(str(unknown.value), word)


@settings(max_examples=15, deadline=None)
@given(word=TEXTS)
def test_whatever_is_searched_for_is_answered(unchanged: DuckDBEngine, word: str) -> None:
    found = rows_of(unchanged, "open_deals", asked(unchanged), search=word)
    assert {row["deal_id"] for row in found} <= {"D0", "D3", "D6"}
    rows_of(unchanged, "search", asked(unchanged), words=word)


# The address


@settings(max_examples=100, deadline=None)
@given(word=TEXTS.filter(lambda text: text not in ("yes", "no", "amount")))
def test_every_value_in_an_address_is_repaired_and_said(unchanged: DuckDBEngine, word: str) -> None:
    calendar = reads.calendar(unchanged)
    period = calendar.quarter_of(TODAY)
    labels = {each: each for each in KNOWN}
    for value, repairs in (
        address.people_in([word], labels), address.modules_in([word], labels),
        address.lines_in([word], labels), address.channels_in([word], labels),
        address.strategic_in([word]), address.basis_in([word]), address.assignments_in([word]),
        address.against_in([word], calendar, period, TODAY), address.as_of_in([word], TODAY),
        address.period_in([word], calendar),
    ):  # fmt: skip
        assert value in ((), False, "amount", "as_was", "", None) or not repairs
        for said in repairs:
            says_nothing_of_the_inside(said, word)


@pytest.fixture
def shown(corpus: DuckDBEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it, which the pages look at; no table of it changes."""
    path = tmp_path / "quarterdeck.duckdb"
    before = hashes(corpus)
    corpus.close()
    shutil.copy(corpus.path, path)
    corpus.reopen()
    monkeypatch.setenv("QUARTERDECK_DB", str(path))
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    yield path
    st.cache_resource.clear()
    after = DuckDBEngine(path)
    assert hashes(after) == before
    after.close()


@pytest.mark.parametrize("word", FEW[:3])
def test_a_page_says_what_of_its_address_it_cannot_show(shown: Path, word: str) -> None:
    screen = opened(**{name: [word] for name in (*address.NAMES, "view")})
    assert answer(screen)
    said = told(screen)
    assert "names no period" in said
    assert "Nobody here is called" in said
    says_nothing_of_the_inside(said, word)


@pytest.mark.parametrize("name", ["funnel", "territory", "settings", "definitions"])
def test_a_box_to_type_in_takes_it_for_a_text(shown: Path, name: str) -> None:
    screen = opened(PAGES / f"{name}.py")
    assert answer(screen)
    for word in FEW[:2]:
        for box in screen.text_input:
            box.set_value(word)
        screen.run()
        assert answer(screen)
        says_nothing_of_the_inside(told(screen), word)


# The command line


@pytest.fixture
def shell(shown: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run one command; its exit status and all that it said."""

    def run(*words: str) -> tuple[int, str]:
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_the_command_line_refuses_it_in_words(shell: Callable[..., tuple[int, str]]) -> None:
    for name, word in zip(cycle(address.NAMES), SQL, strict=False):
        status, said = shell("answer", "open_deals", "--set", f"{name}={word}")
        assert status == 1, (name, word, said)
        says_nothing_of_the_inside(said, word)
    for word in FEW:
        for words in (("--person", word), ("--set", word), ("--set", f"{word}=2026")):
            status, said = shell("answer", "open_deals", *words)
            assert status == 1, (words, said)
            says_nothing_of_the_inside(said, word)
        assert shell("undo", word)[0] == 1


@pytest.mark.parametrize("word", FEW)
def test_a_question_that_nobody_has_written_is_wrong_usage(word: str) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["answer", f" {word}"])
    assert wrong.value.code == 2


# Files


@pytest.mark.parametrize("word", SQL[::4])
def test_a_choice_of_columns_that_is_sql_is_refused_or_left_alone(
    unchanged: DuckDBEngine, word: str
) -> None:
    bare = "D1,Fibre,Ana,Acme,Won,100.10,2026-10-05\nD2,Racks,Ben,Birch,Open,,\n"
    questions = _questions(unchanged, bare, {})
    assert questions
    _questions(unchanged, bare, dict.fromkeys(questions, word), word)


def _questions(
    engine: DuckDBEngine, text: str, answers: dict[str, str], word: str = STRANGE
) -> list[str]:
    try:
        report = looked_at(engine, text, answers=answers).report
    except Refused as refused:
        says_nothing_of_the_inside(str(refused), word)
        return [one["id"] for one in getattr(refused, "questions", [])]
    return [one["id"] for one in report["questions"]]


@pytest.mark.parametrize("word", FEW[:3])
def test_headers_names_and_kinds_of_files_that_are_sql_are_only_looked_at(
    unchanged: DuckDBEngine, word: str
) -> None:
    quoted = '"' + word.replace('"', '""') + '"'
    text = f"Deal ID,{quoted},Stage,Amount\n1,{quoted},Won,100\n2,{quoted},{quoted},{quoted}\n"
    for said in ({}, {"name": f"{word}.csv"}, {"entity": word}):
        try:
            looked_at(unchanged, text, **said)
        except Refused as refused:
            says_nothing_of_the_inside(str(refused), word)


# Commands

DAY = date(2026, 12, 1)
BY_ID: tuple[tuple[Callable[..., Any], Callable[[str], Any]], ...] = (
    (set_role, lambda word: SetRole(word, "executive", DAY)),
    (set_role, lambda word: SetRole("ana", word, DAY)),
    (set_manager, lambda word: SetManager(word, "dana", DAY)),
    (set_manager, lambda word: SetManager("ana", word, DAY)),
    (set_quota, lambda word: SetQuota(word, (date(2026, 12, 1),), Decimal(1), DAY)),
    (set_capacity, lambda word: SetCapacity(word, "leave", Decimal(0), DAY)),
    (set_credit, lambda word: SetCredit(word, ("ana",), (Decimal(1),), DAY, "Why")),
    (set_credit, lambda word: SetCredit("D0", (word,), (Decimal(1),), DAY, "Why")),
    (set_objective, lambda word: SetObjective(word, "Call", "week", Decimal(1), DAY)),
    (set_objective, lambda word: SetObjective("ana", "Call", word, Decimal(1), DAY)),
    (set_holidays, lambda word: SetHolidays(word)),
    (set_access, lambda word: SetAccess(word, is_open=False)),
    (change_setting, lambda word: ChangeSetting(word, "1")),
    (change_setting, lambda word: ChangeSetting("time_zone", word)),
    (create_module, lambda word: CreateModule("West", word, DAY)),
    (create_module, lambda word: CreateModule("West", "ana", DAY, (word,))),
    (move_accounts, lambda word: MoveAccounts((word,), "", DAY)),
    (set_module_owner, lambda word: SetModuleOwner(word, "ana", DAY)),
    (plan_realignment, lambda word: PlanRealignment("A plan", DAY, word)),
    (plan_realignment, lambda word: PlanRealignment("A plan", DAY, credit_rule=word)),
    (plan_moves, lambda word: PlanMoves(word, "person", ("acme",), ("ana",))),
    (plan_rule, lambda word: PlanRule(word, "lock", ("acme",))),
    (plan_copy, lambda word: PlanCopy(word, "A copy")),
    (plan_drop, lambda word: PlanDrop(word)),
    (plan_status, lambda word: PlanStatus(word, "submitted")),
)


@pytest.mark.parametrize("word", FEW)
def test_no_command_finds_anything_under_such_an_id(unchanged: DuckDBEngine, word: str) -> None:
    for command, made in BY_ID:
        with pytest.raises(Refused) as refused:
            command(unchanged, made(word), scope=OWNER)
        says_nothing_of_the_inside(str(refused.value), word)
    with pytest.raises(Refused):
        undo_import(unchanged, word, scope=OWNER)
    assert not was_ended(unchanged, SignOut(word).login_id)


def test_a_name_that_is_sql_is_kept_letter_by_letter_and_touches_no_other_table(
    team: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    deals = teams.HEAD + teams.row("D1", "Qualify") + teams.row("D2", "Closed Won")
    commit(team, looked_at(team, deals))
    before = {row[0]: row for row in hashes(team)}
    days = iter(date(2027, 2, day) for day in (*range(1, 6), *range(8, 13)))
    for word in FEW:
        add_person(team, AddPerson(word, region=word), scope=OWNER)
        create_module(team, CreateModule(word, "ana", TODAY), scope=OWNER)
        plan_realignment(team, PlanRealignment(word, DAY), scope=OWNER)
        set_objective(team, SetObjective("ana", word, "week", Decimal(1), TODAY), scope=OWNER)
        set_day_off(team, SetDayOff(next(days), word), scope=OWNER)
    names = {row["person_name"] for row in rows_of(team, "people", asked(team))}
    plans = {row["scenario_name"] for row in rows_of(team, "scenarios", asked(team))}
    assert {*FEW} <= names
    assert {*FEW} <= plans
    after = {row[0]: row for row in hashes(team)}
    for table in ("deal_version", "account_version", "quota", "reporting_line", "stage"):
        assert after[table] == before[table]
