"""Does a server that remembers say the same as a file that is asked plainly?"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bench.generate import LAST_DAY, fill
from quarterdeck import audit, catalog, reads, remembering
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import ASSIGNMENTS, BASES, Filters
from quarterdeck.people import OWNER, Scope
from quarterdeck.remembering import DEPENDS_ON, reached

REMEMBERED = [name for name in catalog.names() if reached(catalog.load(name).sql)]
SCOPES = (OWNER, Scope("p00", "director"), Scope("p07", "executive"))
MORE = {"words": "deal", "rows_shown": 50, "rows_before": 0}


@dataclass(frozen=True)
class Change:
    what: str


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DuckDBEngine, ...]]:
    """The same file twice in one process: asked plainly, and by a server."""
    path = tmp_path_factory.mktemp("remembered") / "quarterdeck.duckdb"
    plain = DuckDBEngine(path)
    fill(plain, 2000)
    server = DuckDBEngine(path, remembers=True)
    yield plain, server
    server.close()
    plain.close()


def some(chance: random.Random, engine: DuckDBEngine) -> Filters:
    day = LAST_DAY - timedelta(days=chance.choice([0, 0, 1, 30, 400]))
    period = reads.calendar(engine).quarter_of(day - timedelta(days=chance.randrange(400)))
    people = tuple(chance.sample(["p00", "p03", "p11"], chance.choice([0, 0, 1])))
    now = {"assignments": chance.choice(ASSIGNMENTS), "today": LAST_DAY}
    return Filters(period, day, people, basis=chance.choice(BASES), **now)


def counted(found: reads.Exact) -> list[tuple[Any, ...]]:
    """A mean of doubles depends in its last digit on the order in which they came."""
    return [tuple(round(x, 12) if isinstance(x, float) else x for x in row) for row in found.rows]


@pytest.mark.parametrize("name", REMEMBERED)
def test_what_is_remembered_changes_no_answer(
    engines: tuple[DuckDBEngine, DuckDBEngine], name: str
) -> None:
    plain, server = engines
    chance = random.Random(name)
    for _ in range(6):
        asked, scope = some(chance, plain), chance.choice(SCOPES)
        first, again, truth = (
            reads.exact(engine, scope, asked, name, **MORE) for engine in (server, server, plain)
        )
        assert counted(first) == counted(again) == counted(truth)


def test_the_pages_of_the_deck_ask_what_is_remembered() -> None:
    assert {"attainment", "credited_deals", "funnel", "open_deals"} <= set(REMEMBERED)
    assert reached(catalog.load("funnel").sql) == (
        "credits_in_sight",
        "stage_ages",
        "stage_limits_in_scope",
    )
    assert reached(catalog.load("months").sql) == ()


def in_one_line(sql: str) -> str:
    return " ".join(sql.split()).replace("( ", "(").replace(" )", ")")


@pytest.mark.parametrize("macro", DEPENDS_ON)
def test_each_remembered_macro_is_kept_with_all_it_depends_on(macro: str) -> None:
    (parameters,) = re.findall(rf"macro {macro}\((.*?)\)", in_one_line(catalog.macros()))
    (kept,) = map(in_one_line, catalog.statements(f"keep_{macro}"))
    (recalled,) = map(in_one_line, catalog.statements(f"recall_{macro}"))
    assert f"{macro}({', '.join(f'${name}' for name in DEPENDS_ON[macro])})" in kept
    assert f"macro {macro}({parameters})" in recalled
    assert len(parameters.split(", ")) == len(DEPENDS_ON[macro])


def test_after_a_change_the_next_answer_holds_it(tmp_path: Path) -> None:
    with_server = DuckDBEngine(tmp_path / "own.duckdb", remembers=True)
    fill(with_server, 50)
    asked = Filters(reads.calendar(with_server).quarter_of(LAST_DAY), LAST_DAY)

    def booked() -> Decimal:
        rows = reads.exact(with_server, OWNER, asked, "credited_deals").rows
        return sum((row[-2] for row in rows), Decimal(0))

    before = booked()
    with with_server.transaction() as cursor:
        cursor.execute("update deal_version set amount_usd = amount_usd + 1 where outcome = 'won'")
        audit.record(cursor, "somebody", Change("all"), audit.moment(cursor))
    assert booked() > before
    with_server.close()


def test_many_who_ask_at_once_while_others_write_hear_the_truth(tmp_path: Path) -> None:
    server = DuckDBEngine(tmp_path / "own.duckdb", remembers=True)
    fill(server, 500)

    def ask(seed: int) -> int:
        chance = random.Random(seed)
        for _ in range(15):
            asked, name = some(chance, server), chance.choice(REMEMBERED)
            reads.exact(server, chance.choice(SCOPES), asked, name, **MORE)
        return seed

    with ThreadPoolExecutor(4) as askers:
        heard = askers.map(ask, range(4))
        for amount in range(20):
            command = SetQuota("p07", (date(2026, 11, 1),), Decimal(amount), date(2026, 11, 1))
            set_quota(server, command, scope=OWNER)
        assert list(heard) == [0, 1, 2, 3]
    server.close()


def test_only_the_newest_answers_are_kept(tmp_path: Path) -> None:
    server = DuckDBEngine(tmp_path / "own.duckdb", remembers=True)
    fill(server, 20)
    period = reads.calendar(server).quarter_of(LAST_DAY)
    for days in range(40):
        asked = Filters(period, LAST_DAY - timedelta(days=days))
        reads.exact(server, OWNER, asked, "loss_reasons")
    with server.looking() as cursor:
        ((kept,),) = cursor.execute(
            "select count(*) from duckdb_tables() where database_name = 'remembered'"
        ).fetchall()
    assert kept <= remembering._MOST
    server.close()


@pytest.mark.parametrize("name", ["waterfall", "waterfall_deals"])
def test_two_days_are_kept_and_neither_is_taken_for_the_other(
    engines: tuple[DuckDBEngine, DuckDBEngine], name: str
) -> None:
    """Also where both are one day, and where the one compared with lies after the other."""
    plain, server = engines
    period = reads.calendar(plain).quarter_of(LAST_DAY - timedelta(days=80))
    for days in (60, 90, 0, 60, -10):
        day = LAST_DAY - timedelta(days=70)
        asked = Filters(period, day, compare_on=day - timedelta(days=days), today=LAST_DAY)
        kept, truth = (reads.exact(each, OWNER, asked, name, **MORE) for each in (server, plain))
        assert kept.rows == truth.rows
        assert days < 60 or len(truth.rows) > 10
