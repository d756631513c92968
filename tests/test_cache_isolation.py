"""What is kept between clicks is never shown to somebody else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from quarterdeck import reads
from quarterdeck.commands.quotas import SetQuota, set_quota
from quarterdeck.engine import DuckDBEngine
from quarterdeck.filters import Filters
from quarterdeck.people import NOBODY, OWNER, POLICY, Scope
from quarterdeck.ui import databases, session
from tests import matrix, registries
from tests.canaries import BEFORE, DECEMBER, PEOPLE
from tests.conftest import TODAY, Once, asked
from tests.exam.figures import spread
from tests.matrix import World
from tests.roles import ROLES, SIGHTED, Moment, may_read, words_in

KEPT = {
    "databases.opened": "an engine a file: who asks comes with each question",
    "databases.signs_in": "whether the server's settings name a provider: one answer for all",
    "demo._filling": "the invented team being made; where people sign in there is none",
    "restyling.fault_of": "by the bytes of a template: says whether Word can fill it in",
    "session._answer": "by filters, viewer, role, policy, database and version of the data",
    "signing.logins": "when each sign-in was last seen, by its own id; no rows",
    "signing.settings": "a section of secrets.toml: one answer for all",
    "territory_map.region": "by names of states: outlines from a file, no rows",
    "trying_map.region": "by names of states and a frame: outlines from a file, no rows",
}
"""Every cache of the screen, and why it cannot mix people."""
QUESTIONS = ("credited_deals", "open_deals", "attainment", "search", "modules", "setting_changes")
REMEMBERED = ("credited_deals", "territory_accounts", "open_deals", "funnel", "attainment", "stuck")


@dataclass
class Server:
    """The screen's own keeping of answers, with who asks and which database put in their place."""

    engine: DuckDBEngine
    patch: pytest.MonkeyPatch
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        answer: Callable[..., Any] = reads.answer

        def counted(engine: DuckDBEngine, scope: Scope, *said: Any, **more: Any) -> Any:
            self.made.append(f"{scope}")
            return answer(engine, scope, *said, **more)

        self.patch.setattr(reads, "answer", counted)
        self.patch.setattr(session, "once", lambda _name, work: work())
        session._answer.clear()

    def ask(self, scope: Scope, name: str, filters: Filters | None = None) -> frozenset[str]:
        """A click of somebody: whose words the page would show."""
        self.patch.setattr(session, "engine", lambda: self.engine)
        self.patch.setattr(session, "viewer", lambda: scope)
        st.session_state["version"] = self.engine.data_version()
        more = {"words": "", "rows_shown": 1000, "rows_before": 0}
        frame = session.answer(name, filters or asked(self.engine), **more)
        return words_in(frame.astype(object).to_numpy())


@pytest.fixture(scope="module")
def world(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with matrix.organisation(once, tmp_path_factory.mktemp("caches")) as found:
        yield found


@pytest.fixture
def server(world: World, monkeypatch: pytest.MonkeyPatch) -> Server:
    return Server(world.engine, monkeypatch)


def test_every_cache_of_the_screen_has_a_reason() -> None:
    known = set(registries.caches())
    assert known == set(KEPT), f"{known ^ set(KEPT)}: say in KEPT why it cannot mix people"


@pytest.mark.parametrize("name", spread(list(QUESTIONS), 3))
def test_of_different_people_nobody_is_given_the_answer_of_another(
    server: Server, name: str
) -> None:
    alone = {}
    for role in SIGHTED:
        session._answer.clear()
        alone[role] = server.ask(ROLES[role], name)
    session._answer.clear()
    server.made.clear()
    order = list(SIGHTED) * 2
    random.Random(name).shuffle(order)
    for role in order:
        assert server.ask(ROLES[role], name) == alone[role]
    assert sorted(server.made) == sorted(str(ROLES[role]) for role in SIGHTED)


@pytest.mark.parametrize("name", spread(list(QUESTIONS), 3))
def test_in_another_role_the_same_person_is_answered_anew(server: Server, name: str) -> None:
    wide, narrow = Scope("danfyqu", "director"), Scope("danfyqu", "executive")
    for first, second in permutations((wide, narrow)):
        session._answer.clear()
        server.ask(first, name)
        found = server.ask(second, name)
        assert not found - matrix.allowed(second, name, Moment(TODAY))
    assert server.made == [str(each) for each in (wide, narrow, narrow, wide)]


def test_after_a_change_of_the_data_it_is_shown_to_all_whom_it_concerns(
    world: World, server: Server
) -> None:
    ana, dan = ROLES["executive"], ROLES["director"]
    for scope in (ana, dan):
        server.ask(scope, "quota_months")
        server.ask(scope, "quota_months")
    assert len(server.made) == 2
    raised = SetQuota("anapluz", DECEMBER, Decimal("9.99"), TODAY, "Hosting")
    set_quota(world.engine, raised, scope=dan)
    for scope in (ana, dan):
        server.ask(scope, "quota_months")
    assert len(server.made) == 4


def test_with_other_filters_the_same_page_is_another_answer(server: Server) -> None:
    scope, engine = ROLES["director"], server.engine
    anapluz, bengriz = (asked(engine, person_ids=(one,)) for one in ("anapluz", "bengriz"))
    assert "zulpana" in server.ask(scope, "open_deals", anapluz)
    assert "zulpana" not in server.ask(scope, "open_deals", bengriz)
    day = asked(engine, as_of=BEFORE)
    assert "monowyk" in server.ask(scope, "open_deals", day)
    assert "monowyk" not in server.ask(scope, "open_deals")
    assert len(server.made) == 4


def test_nobody_is_given_nothing_whoever_was_there_before(server: Server) -> None:
    for name in QUESTIONS:
        for scope in (OWNER, ROLES["operations"], ROLES["director"]):
            server.ask(scope, name)
            assert server.ask(NOBODY, name) == frozenset()


def test_of_two_databases_neither_answers_for_the_other(
    world: World, server: Server, tmp_path: Path
) -> None:
    scope = ROLES["director"]
    world.engine.back_up(tmp_path / "other.duckdb")
    other = DuckDBEngine(tmp_path / "other.duckdb")
    with other.transaction() as cursor:
        cursor.execute("update deal_version set deal_name = 'Elsewhere', deal_id = 'x' || deal_id")
    assert other.data_version() == server.engine.data_version()
    name = "credited_deals"
    here = session_rows(server, scope, name)
    server.engine = other
    there = session_rows(server, scope, name)
    assert {"Elsewhere"} == set(there["deal_name"]) != set(here["deal_name"])
    other.close()


def session_rows(server: Server, scope: Scope, name: str) -> Any:
    server.ask(scope, name)
    more = {"words": "", "rows_shown": 1000, "rows_before": 0}
    return session.answer(name, asked(server.engine), **more)


def test_when_the_rules_of_sight_change_no_older_answer_is_shown(server: Server) -> None:
    scope = ROLES["director"]
    server.ask(scope, "people")
    server.ask(scope, "people")
    server.ask(replace(scope, policy=POLICY + 1), "people")
    assert len(server.made) == 2


@pytest.mark.parametrize("name", spread(list(REMEMBERED), 3))
def test_a_server_that_remembers_gives_each_of_many_at_once_their_own(
    world: World, name: str
) -> None:
    filters = asked(world.engine)
    alone = {role: rows(world.engine, role, name, filters) for role in SIGHTED}
    order = list(SIGHTED) * 2
    random.Random(name).shuffle(order)
    with ThreadPoolExecutor(4) as clicks:
        given = clicks.map(lambda role: rows(world.engine, role, name, filters), order)
        assert [alone[role] for role in order] == list(given)
    for role in SIGHTED:
        words = words_in(alone[role])
        assert not words - may_read(ROLES[role], Moment(TODAY)), role


def rows(engine: DuckDBEngine, role: str, name: str, filters: Filters) -> matrix.Rows:
    more = {"words": "", "rows_shown": 1000, "scenario_id": ""}
    return reads.exact(engine, ROLES[role], filters, name, **more).rows


def test_one_engine_serves_all_and_keeps_nobody(world: World) -> None:
    first, second = (databases.opened.__wrapped__(str(world.engine.path)) for _ in range(2))
    for engine in (first, second):
        held = repr(vars(engine)).casefold()
        assert not [each for each in PEOPLE if each in held]
        engine.close()
