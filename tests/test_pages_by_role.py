"""All that a page sends to the browser, for each role, whatever the address says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from quarterdeck import clock
from quarterdeck.commands.identities import Known
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui import databases, sections, sign_in, signing
from tests.canaries import BEFORE, MOVER, NOW, WAS, fill
from tests.conftest import TODAY, Once
from tests.exam.figures import IS_WIDE
from tests.matrix import plans_seen
from tests.roles import ROLES, SIGHTED, Moment, may_read, seen, words_of

FRAME, PAGES = Path(sections.__file__).with_name("frame.py"), sections.PAGES
FORGED = {
    "person": ["Noowexo", "Hanvopt", "rubvexi"], "module": ["ovyknre-book"], "view": "everyone",
    "scenario": "no-plan", "role": "owner", "viewer": "rayzumo",
}  # fmt: skip
ECHOED = frozenset({"noowexo", "hanvopt", "rubvexi", "ovyknre"})
"""Who asks for somebody by name reads the name again: “nobody here is called so”."""
PAST = frozenset({MOVER, NOW, WAS})
CASES = [
    (page, role)
    for number, page in enumerate(sorted(sections.SAYS))
    for turn, role in enumerate(SIGHTED)
    if IS_WIDE or turn == number % len(SIGHTED)
]


@pytest.fixture(scope="module")
def path(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.VARIABLE, str(TODAY))
        found = tmp_path_factory.mktemp("pages") / "quarterdeck.duckdb"
        engine = DuckDBEngine(found)
        once(engine, fill)
        engine.close()
        return found


@pytest.fixture
def signed_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.setenv(clock.VARIABLE, str(TODAY))
    monkeypatch.setenv("QUARTERDECK_DB", str(path))
    monkeypatch.setattr(databases, "signs_in", lambda: True)
    monkeypatch.setattr(sign_in, "gate", lambda: (True, None))
    monkeypatch.setattr(signing, "watch", lambda: None)
    yield monkeypatch
    st.cache_resource.clear()


def sent(node: Any) -> str:
    """Every word in every element, the rows of tables and pictures too."""
    proto = getattr(node, "proto", None)
    own = proto.SerializeToString().decode("latin-1") if hasattr(proto, "SerializeToString") else ""
    children = getattr(node, "children", {})
    return "\n".join([own, *map(sent, children.values())])


@pytest.mark.parametrize(("address", "role"), CASES)
def test_a_page_sends_nothing_of_somebody_out_of_sight(
    signed_in: pytest.MonkeyPatch, address: str, role: str
) -> None:
    scope = ROLES[role]
    known = Known(scope.viewer_id, scope.viewer_id.capitalize(), (scope.role,))
    signed_in.setattr(signing, "scope", lambda: scope)
    signed_in.setattr(signing, "again", lambda: lambda: scope)
    signed_in.setattr(signing, "now", lambda: known)
    screen = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in FORGED.items():
        screen.query_params[name] = value
    screen.run().switch_page(str(PAGES / f"{address}.py")).run()
    assert not screen.exception, screen.exception[0].stack_trace
    text = sent(screen._tree).casefold()
    assert scope.viewer_id in text
    saw_them = any(MOVER in seen(scope, day) for day in (BEFORE, TODAY))
    allowed = may_read(scope, Moment(TODAY)) | plans_seen(scope) | ECHOED
    allowed |= PAST if saw_them else frozenset()
    assert not words_of(text) - allowed
