"""Would the matrix notice? Four ways to break it, each of which it must find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from quarterdeck import catalog
from quarterdeck.catalog import Query
from quarterdeck.commands import quotas
from quarterdeck.engine import Cursor, DuckDBEngine
from tests import matrix
from tests.attempts import ABOUT_SOMEBODY
from tests.conftest import Once
from tests.matrix import World, answer_faults
from tests.refusals import command_faults
from tests.roles import ROLES

DIRECTOR = ("director", ROLES["director"])
EXECUTIVE = ("executive", ROLES["executive"])


@pytest.fixture(scope="module")
def world(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with matrix.organisation(once, tmp_path_factory.mktemp("sabotage")) as found:
        yield found


def test_as_it_is_nothing_is_found(world: World) -> None:
    assert answer_faults(world, EXECUTIVE, "open_deals", "plainly", is_own=True) == []
    assert answer_faults(world, DIRECTOR, "people", "for everybody by their ids") == []
    assert command_faults(world, DIRECTOR, quota_commands()) == []


def copied(world: World, folder: Path) -> World:
    """The same, asked plainly: what a server remembers is kept for each viewer besides."""
    world.engine.back_up(folder / "quarterdeck.duckdb")
    return World(DuckDBEngine(folder / "quarterdeck.duckdb"), world.plans)


def test_an_answer_without_a_scope_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load, broken = catalog.load, copied(world, tmp_path)

    def unscoped(name: str) -> Query:
        query = load(name)
        return replace(query, sql=query.sql.replace("$viewer_id, $viewer_role", "'', 'owner'"))

    monkeypatch.setattr(catalog, "load", unscoped)
    found = answer_faults(broken, EXECUTIVE, "open_deals", "plainly")
    broken.engine.close()
    assert "executive asked open_deals plainly and read of “artoqyc”, somebody else's" in found
    assert len(found) > 20


def test_a_filter_that_widens_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sight = "on member.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, day)"
    wider = f"{sight} or list_contains(people::varchar[], member.person_id)"
    macros = catalog.macros()
    assert macros.count(sight) == 1
    monkeypatch.setattr(catalog, "macros", lambda: macros.replace(sight, wider))
    broken = copied(world, tmp_path)
    assert answer_faults(broken, DIRECTOR, "people", "plainly") == []
    found = answer_faults(broken, DIRECTOR, "people", "for everybody by their ids")
    assert (
        "director asked people for everybody by their ids and read of “hanvopt”, somebody else's"
        in found
    )
    broken.engine.close()


def test_a_connection_that_two_share_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[Cursor] = []

    @contextmanager
    def sharing(engine: DuckDBEngine, query: Query, parameters: dict[str, object]) -> Iterator:
        """One cursor for all, in which the first who asks has laid out what is remembered."""
        if not shared:
            shared.append(engine._connection.cursor())
            assert engine._memory is not None
            engine._memory.recall(shared[0], query.sql, parameters)
        yield shared[0]

    monkeypatch.setattr(DuckDBEngine, "_recalling", sharing)
    assert answer_faults(world, DIRECTOR, "credited_deals", "plainly") == []
    found = answer_faults(world, EXECUTIVE, "credited_deals", "plainly")
    shared[0].close()
    assert "executive asked credited_deals plainly and read of “zirgneb”, somebody else's" in found


def test_a_command_that_skips_the_check_on_update_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotas, "check_sees", lambda *_: None)
    found = command_faults(world, DIRECTOR, quota_commands())
    assert "director tried quotas.set_quota on what is out of sight, and it was done" in found
    assert "director changed the database" in found


def quota_commands() -> dict:
    return {name: attempt for name, attempt in ABOUT_SOMEBODY.items() if "quota" in name}
