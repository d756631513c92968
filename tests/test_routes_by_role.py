"""Every road that is no page: the server's addresses, and the files that buttons give, by role."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from starlette.testclient import TestClient
from streamlit.web.server import starlette

from quarterdeck import catalog
from quarterdeck.ui import downloads, session
from tests import matrix, registries, test_doors
from tests.conftest import TODAY, Once, asked
from tests.exam.figures import spread
from tests.matrix import World
from tests.roles import ROLES, Moment, words_of

EVERYBODY, SIGNED_IN, CLOSED = "everybody", "signed in", "closed"
ROUTES = {
    "_stcore/health": EVERYBODY, "_stcore/host-config": EVERYBODY, "_stcore/stream": EVERYBODY,
    "_stcore/metrics": CLOSED, "_stcore/script-health-check": CLOSED,
    "_stcore/agent/interact": CLOSED, "_stcore/agent/openapi.json": CLOSED,
    "_stcore/agent/mcp": CLOSED,
    "media/{file_id:path}": SIGNED_IN, "_stcore/upload_file/{session_id}/{file_id}": SIGNED_IN,
    "component/{path:path}": EVERYBODY, "_stcore/bidi-components/{path:path}": EVERYBODY,
    "app/static/{path:path}": EVERYBODY,
    "auth/login": EVERYBODY, "auth/logout": EVERYBODY, "oauth2callback": EVERYBODY,
}  # fmt: skip
"""Whom each address of the server answers where people sign in. The stream carries the page,
which asks who it is before it sends anything; the rest of what everybody gets holds no rows."""
EXPORTS = sorted(
    {
        each.partition(": ")[2]
        for each in registries.exports()
        if each.partition(": ")[2] in catalog.names()
    }
)
WHO = ("executive", "director", "other area director", "nobody")
signing_in, deck = test_doors.signing_in, test_doors.deck


@pytest.fixture(scope="module")
def world(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with matrix.organisation(once, tmp_path_factory.mktemp("routes")) as found:
        yield found


def served() -> set[str]:
    """The addresses that the server's own modules name."""
    found = set()
    for one in pkgutil.iter_modules(starlette.__path__):
        module = importlib.import_module(f"{starlette.__name__}.{one.name}")
        named = {name: value for name, value in vars(module).items() if "ROUTE_" in name}
        found |= {
            value
            for name, value in named.items()
            if isinstance(value, str) and name.lstrip("_").startswith("ROUTE_")
        }
    return found


def test_every_address_has_a_row() -> None:
    lacking = served() ^ set(ROUTES)
    assert not lacking, f"{lacking}: say in ROUTES whom each of them answers"


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {"_stcore/stream"}))
def test_an_address_answers_whom_it_should(deck: TestClient, signing_in: None, route: str) -> None:
    path = "/" + route.partition("{")[0] + ("session/file" if "{" in route else "")
    stranger = deck.get(path).status_code
    forged = deck.get(path, cookies=test_doors.cookie("x" * 40)).status_code
    signed = deck.get(path, cookies=test_doors.cookie()).status_code
    expected = {EVERYBODY: (200, 200, 200), SIGNED_IN: (401, 401, 200), CLOSED: (404, 404, 404)}
    assert (stranger, forged, signed) == expected[ROUTES[route]]


@pytest.mark.parametrize("name", spread(EXPORTS, 3))
def test_a_file_holds_nothing_of_somebody_out_of_sight(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Made for who asks at the click, even where somebody who sees more drew the button."""
    made: list[Callable[[], bytes]] = []
    who = {"asks": ROLES["operations"]}

    def button(_label: str, data: Any, **_more: Any) -> None:
        made.append(data)

    monkeypatch.setattr(st, "download_button", button)
    monkeypatch.setattr(session, "engine", lambda: world.engine)
    monkeypatch.setattr(session, "viewer_then", lambda: lambda: who["asks"])
    more = {"scenario_id": world.plans["ernkyvo"], "plan_on": matrix.NEXT}
    downloads.download("File", name, asked(world.engine), key="file", **more)
    for role in WHO:
        who["asks"] = ROLES[role]
        text = made[0]().decode("utf-8-sig").casefold()
        found = words_of(text) - matrix.allowed(ROLES[role], name, Moment(TODAY))
        assert not found, f"{role} got {found} in {name}"
