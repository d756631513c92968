"""Where something is not known, is a word said for it, and never “nan”?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quarterdeck import clock
from quarterdeck.engine import DuckDBEngine
from quarterdeck.ui import sections
from tests.conftest import commit, looked_at
from tests.test_pages import ROOT, opened, told
from tests.test_pages_by_role import sent
from tests.test_settings_page import TABS, on

NAN = re.compile(r"(?<![a-z])(nan|nat|<na>)(?![a-z])", re.I)
PEOPLE = (
    "name,email,role,manager\nRay,ray@a.example,area director,\nDana,dana@a.example,director,Ray\n"
    "Ana,,executive,Dana\nBen,shared@a.example,executive,Dana\nCy,shared@a.example,executive,Dana\n"
    "Dee,dee@a.example,,Dana\n"
)
DEALS = (
    "deal id,deal name,owner,account,stage,amount,created,close date\n"
    "D1,,Ana,Acme,Won,90,2026-10-02,2026-10-05\nD2,Two,,Acme,Open,,2026-09-01,2026-12-02\n"
    "D3,Three,Cy,,Lost,60,2026-10-08,2026-11-09\nD4,Four,Cy,Birch,Open,5,,\n"
)


@pytest.fixture
def sparse(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As little as a file can say."""
    monkeypatch.setenv(clock.VARIABLE, "2026-11-25")
    engine = DuckDBEngine(database)
    commit(engine, looked_at(engine, PEOPLE, "people.csv"))
    commit(engine, looked_at(engine, DEALS))
    engine.close()
    return database


@pytest.mark.parametrize("page", sorted(sections.SAYS))
def test_no_page_says_that_something_is_no_number(sparse: Path, page: str) -> None:
    screen = opened(ROOT / "pages" / f"{page}.py", period="2026-Q4")
    assert not screen.exception, screen.exception[0].stack_trace
    assert not NAN.search(sent(screen._tree))


@pytest.mark.parametrize("tab", [*TABS, "Territory", "Sign-in"])
def test_no_tab_says_it(sparse: Path, tab: str) -> None:
    screen = on(tab)
    assert not screen.exception, screen.exception[0].stack_trace
    assert not NAN.search(sent(screen._tree))


def test_who_cannot_sign_in_comes_first_with_the_reason(sparse: Path) -> None:
    screen = on("Sign-in")
    assert "3 of 6 people cannot sign in" in told(screen)
    assert "0 have signed in before" in told(screen)
    rows = screen.table[0].value.to_numpy().tolist()
    said = {name.split("**")[1]: state for name, state in rows}
    assert [each for each in said if "▼" in said[each]] == ["Ana", "Ben", "Cy"]
    assert list(said)[:3] == ["Ana", "Ben", "Cy"]
    for name, why in (("Ana", "no address"), ("Cy", "shares the address")):
        assert why in said[name]
    assert "not yet" in said["Ray"]
    assert "Area director" in said["Ray"]


def test_a_second_role_is_set_only_once_another_is_chosen(sparse: Path) -> None:
    screen = on("Sign-in")
    assert "Set it" not in [button.label for button in screen.button]
    role = next(box for box in screen.selectbox if box.label == "Second role")
    assert "Set it" in [button.label for button in role.set_value("operations").run().button]
