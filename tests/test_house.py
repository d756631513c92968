"""The house rules over the whole folder: a new file is tested the moment it exists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import imports, screen, sql, tidiness
from tests.house.reading import Rule

ROOT = Path(__file__).resolve().parent.parent
RULES: tuple[Rule, ...] = (
    imports.wrong_neighbours,
    imports.wrong_libraries,
    sql.sql_outside_its_rooms,
    sql.sql_pieced_together,
    sql.shared_cursors,
    sql.questions_past_reads,
    screen.html_and_tiles,
    screen.links_in_charts,
    screen.caches_without_scope,
    screen.pages_that_keep_state,
    tidiness.swallowed_errors,
    tidiness.missing_docstring,
    tidiness.too_long,
)
NOT_OURS = {".git", ".venv", ".hypothesis", "data", "test-results", "node_modules"}
"""Top folders that others fill; the tools' caches are known by their names."""


def sources() -> list[str]:
    found = [*ROOT.glob("app.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("quarterdeck/**/*.py")]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def published() -> list[str]:
    """Every file that a clone holds; git itself may be missing where the tests run."""
    tops = [top for top in ROOT.iterdir() if top.name not in NOT_OURS and "_cache" not in top.name]
    found = [
        path for top in [*tops, ROOT / "data" / "templates"] for path in [top, *top.rglob("*")]
    ]
    ours = (path for path in found if path.is_file() and path.parent.name != "__pycache__")
    return sorted(path.relative_to(ROOT).as_posix() for path in ours)


def text_of(path: str) -> str | None:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


@pytest.mark.parametrize("path", sources())
def test_every_file_keeps_every_rule(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    faults = [f"{rule.__name__}: {path} {fault}" for rule in RULES for fault in rule(path, text)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", published())
def test_no_file_tells_where_it_was_written(path: str) -> None:
    raw = (ROOT / path).read_bytes()
    faults = [] if b"\0" in raw else list(tidiness.told_workplace(raw.decode("utf-8", "replace")))
    assert not faults, "\n".join(f"{path} {fault}" for fault in faults)


def test_the_child_pulls_in_nothing_heavy() -> None:
    faults = list(imports.heavy_child(text_of))
    assert not faults, "\n".join(faults)


def test_a_started_child_holds_neither_pandas_nor_pyarrow() -> None:
    ask = "import quarterdeck.importing.child, sys; print({'pandas', 'pyarrow'} & {*sys.modules})"
    run = [sys.executable, "-c", ask]
    answer = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"


BROKEN: tuple[tuple[str, Rule, str, str], ...] = (
    ("a page that imports the engine", imports.wrong_neighbours,
     "pages/funnel.py", "from quarterdeck.engine import DuckDBEngine"),
    ("a page that imports a page", imports.wrong_neighbours,
     "pages/funnel.py", "from pages import attainment"),
    ("a command that imports the screen", imports.wrong_neighbours,
     "quarterdeck/commands/quota.py", "from quarterdeck import ui"),
    ("an import inside a function", imports.wrong_neighbours,
     "quarterdeck/domain/quota.py", "def f():\n    import quarterdeck.clock"),
    ("a relative import of a neighbour", imports.wrong_neighbours,
     "quarterdeck/charts/bars.py", "from .. import reads"),
    ("an app that imports a card", imports.wrong_neighbours,
     "app.py", "from quarterdeck.ui.cards import card"),
    ("an import by a name", imports.wrong_neighbours,
     "quarterdeck/reads.py", "import importlib\nimportlib.import_module('quarterdeck.cli')"),
    ("an import by a name made up at run time", imports.wrong_neighbours,
     "quarterdeck/reads.py", "import importlib\nimportlib.import_module(name)"),
    ("a module without a line in the table", imports.wrong_neighbours,
     "quarterdeck/utils.py", ""),
    ("streamlit outside the screen", imports.wrong_libraries,
     "quarterdeck/reads.py", "import streamlit as st"),
    ("duckdb in a command", imports.wrong_libraries,
     "quarterdeck/commands/quota.py", "from duckdb import connect"),
    ("a select in Python", sql.sql_outside_its_rooms,
     "quarterdeck/reads.py", "ASK = 'select name from person'"),
    ("a long with in capitals", sql.sql_outside_its_rooms,
     "quarterdeck/reads.py", "ASK = '''\n  WITH open AS (\n SELECT 1) SELECT 2'''"),
    ("a write in Python", sql.sql_outside_its_rooms,
     "quarterdeck/audit.py", "cursor.execute('insert into audit_log values ($at)', {})"),
    ("a commit beside the engine", sql.sql_outside_its_rooms,
     "quarterdeck/audit.py", "cursor.execute('commit')"),
    ("more than one line in the engine", sql.sql_outside_its_rooms,
     "quarterdeck/engine.py", "ASK = 'select a\\nfrom b'"),
    ("an f-string with select", sql.sql_pieced_together,
     "quarterdeck/engine.py", "ask = f'select * from {table}'"),
    ("an f-string with where", sql.sql_pieced_together,
     "quarterdeck/reads.py", "ask = base + f' where owner = {name}'"),
    ("a percent sign in an update", sql.sql_pieced_together,
     "quarterdeck/reads.py", "ask = 'update quota set usd = %s' % usd"),
    ("a format in a delete", sql.sql_pieced_together,
     "quarterdeck/reads.py", "ask = 'delete from {}'.format(table)"),
    ("a concatenated order by", sql.sql_pieced_together,
     "quarterdeck/reads.py", "ask += ' order by ' + column"),
    ("joined columns", sql.sql_pieced_together,
     "quarterdeck/reads.py", "ask = 'select ' + ', '.join(names) + ' from deal'"),
    ("an f-string that is run", sql.sql_pieced_together,
     "quarterdeck/engine.py", "cursor.execute(f'vacuum {table}')"),
    ("a cursor kept by an object", sql.shared_cursors,
     "quarterdeck/engine.py", "class A:\n    def __init__(self):\n        self.c = db().cursor()"),
    ("a cursor kept by a module", sql.shared_cursors,
     "quarterdeck/engine.py", "CURSOR = connection.cursor()"),
    ("a cursor kept by a global name", sql.shared_cursors,
     "quarterdeck/engine.py", "def f():\n    global c\n    c = db.cursor()"),
    ("a cursor kept under its last answer", sql.shared_cursors,
     "quarterdeck/engine.py", "def f(self):\n    self.c = db.cursor().execute(ask)"),
    ("a cursor kept by a cache", sql.shared_cursors,
     "quarterdeck/ui/session.py", "@st.cache_resource\ndef f():\n    return db.cursor()"),
    ("a command that asks for answers", sql.questions_past_reads,
     "quarterdeck/commands/quota.py", "seen = engine.frame(query, {})"),
    ("HTML in Markdown", screen.html_and_tiles,
     "quarterdeck/ui/cards.py", "st.markdown(name, unsafe_allow_html=True)"),
    ("HTML by itself", screen.html_and_tiles,
     "quarterdeck/ui/cards.py", "st.html(name)"),
    ("HTML in a frame", screen.html_and_tiles,
     "pages/deal.py", "import streamlit.components.v1 as components\ncomponents.html(name)"),
    ("a map with tiles", screen.html_and_tiles,
     "pages/territory.py", "st.map(places)"),
    ("a second chart library", screen.html_and_tiles,
     "pages/territory.py", "with card():\n    column.st.plotly_chart(x)\n    st.plotly_chart(x)"),
    ("a chart with links", screen.links_in_charts,
     "quarterdeck/charts/bars.py", "alt.Chart().encode(href='address')"),
    ("a chart with pictures", screen.links_in_charts,
     "quarterdeck/charts/bars.py", "alt.Chart().mark_image()"),
    ("a chart as a dict with an address", screen.links_in_charts,
     "quarterdeck/charts/bars.py", "SPEC = {'data': {'url': 'x.json'}}"),
    ("a cache without a scope", screen.caches_without_scope,
     "quarterdeck/ui/session.py", "@st.cache_data(max_entries=9)\ndef f(name): ..."),
    ("a cache without an end", screen.caches_without_scope,
     "quarterdeck/ui/session.py", "@cache_data\ndef f(scope): ..."),
    ("a cache whose key leaves the scope out", screen.caches_without_scope,
     "quarterdeck/ui/session.py", "@st.cache_data(max_entries=9)\ndef f(_scope): ..."),
    ("a cache that wraps a function", screen.caches_without_scope,
     "quarterdeck/ui/session.py", "f = st.cache_data(max_entries=9)(g)"),
    ("a chart that draws pictures by a dict", screen.links_in_charts,
     "quarterdeck/charts/bars.py", "SPEC = {'mark': {'type': 'image'}}"),
    ("a page that keeps state", screen.pages_that_keep_state,
     "pages/funnel.py", "st.session_state['a'] = 1"),
    ("a bare except", tidiness.swallowed_errors,
     "quarterdeck/reads.py", "try:\n    f()\nexcept:\n    raise"),
    ("an except for everything", tidiness.swallowed_errors,
     "quarterdeck/reads.py", "try:\n    f()\nexcept (ValueError, Exception):\n    g()"),
    ("an except that keeps even an interrupt", tidiness.swallowed_errors,
     "quarterdeck/engine.py", "try:\n    f()\nexcept BaseException:\n    g()"),
    ("a suppress of everything", tidiness.swallowed_errors,
     "quarterdeck/reads.py", "with suppress(Exception):\n    f()"),
    ("a file without a word about itself", tidiness.missing_docstring,
     "quarterdeck/reads.py", "A = 1"),
    ("a page of 121 lines", tidiness.too_long, "pages/funnel.py", "a = 1\n" * 121),
    ("a module of 301 lines", tidiness.too_long, "quarterdeck/reads.py", "a = 1\n" * 301),
    ("a function of 31 statements", tidiness.too_long,
     "quarterdeck/reads.py", "def f():\n" + "    a = 1\n" * 31),
)  # fmt: skip
KEPT: tuple[tuple[str, Rule, str, str], ...] = (
    ("a page that imports a chart", imports.wrong_neighbours,
     "pages/funnel.py", "from quarterdeck.charts.funnel import stage_bars"),
    ("anyone who asks the clock", imports.wrong_neighbours,
     "quarterdeck/audit.py", "from quarterdeck import clock"),
    ("an app that imports its routes", imports.wrong_neighbours,
     "app.py", "from quarterdeck.ui.routes import routes"),
    ("a room that imports itself", imports.wrong_neighbours,
     "quarterdeck/importing/typing.py", "from quarterdeck.importing.fields import ENTITIES"),
    ("a sentence that says select", sql.sql_outside_its_rooms,
     "quarterdeck/ui/cards.py", "ASK = 'Select a person from the list'"),
    ("a docstring that says select", sql.sql_outside_its_rooms,
     "quarterdeck/reads.py", "def f():\n    'select a from b'"),
    ("a word that is also SQL", sql.sql_outside_its_rooms,
     "quarterdeck/cli.py", "commands.add_parser('commit')"),
    ("one line in the engine", sql.sql_outside_its_rooms,
     "quarterdeck/engine.py", "cursor.execute('attach $path as copy', {'path': path})"),
    ("an f-string for people", sql.sql_pieced_together,
     "quarterdeck/cli.py", "say = f'{n} rows where amount is missing, unknown values ({m})'"),
    ("a cursor of one run", sql.shared_cursors,
     "quarterdeck/engine.py", "def f(self):\n    cursor = self.db.cursor()\n    return cursor"),
    ("the rows of a cursor", sql.shared_cursors,
     "quarterdeck/engine.py", "def f(self):\n    self.n = db.cursor().execute(ask).fetchall()"),
    ("a query by its name", sql.sql_outside_its_rooms,
     "quarterdeck/reads.py", "catalog.query('attainment')"),
    ("a cache with a scope", screen.caches_without_scope,
     "quarterdeck/ui/session.py", "@st.cache_data(max_entries=9)\ndef f(scope, name): ..."),
    ("a cache of one session", screen.caches_without_scope,
     "quarterdeck/ui/a.py", "@st.cache_data(scope='session', max_entries=9)\ndef f(): ..."),
    ("a rollback that hands the error on", tidiness.swallowed_errors,
     "quarterdeck/engine.py", "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
    ("an empty package", tidiness.missing_docstring, "quarterdeck/ui/__init__.py", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "path", "text"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_it_is_found(rule: Rule, path: str, text: str) -> None:
    assert list(rule(path, text))


@pytest.mark.parametrize(
    ("rule", "path", "text"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT]
)
def test_it_is_let_through(rule: Rule, path: str, text: str) -> None:
    assert not list(rule(path, text))


def test_every_rule_is_seen_to_fail() -> None:
    assert {case[1] for case in BROKEN} == set(RULES)


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "duckdb", "requests"])
def test_a_sibling_that_makes_the_child_heavy_is_found(library: str) -> None:
    files = {
        imports.CHILD: "from quarterdeck.importing import typing",
        "quarterdeck/importing/typing.py": f"import {library}",
    }
    assert list(imports.heavy_child(files.get))


def test_a_child_that_pulls_in_the_engine_is_found() -> None:
    files = {
        imports.CHILD: "from quarterdeck.importing.reading import records",
        "quarterdeck/importing/reading.py": "from quarterdeck import engine",
        "quarterdeck/engine.py": "",
    }
    assert list(imports.heavy_child(files.get))


def test_a_lean_child_is_let_through() -> None:
    files = {
        imports.CHILD: "import json\nfrom quarterdeck import scratch\nimport python_calamine",
        "quarterdeck/scratch.py": "import duckdb",
        "quarterdeck/importing/__init__.py": "",
    }
    assert not list(imports.heavy_child(files.get))


@pytest.mark.parametrize("said", tidiness.WORKPLACE)
def test_a_file_that_tells_where_it_was_written_is_found(said: str) -> None:
    assert list(tidiness.told_workplace(f"one\nsee {said}x"))
