"""What several tests need: a database of their own, files to drop, and the real exports."""

from __future__ import annotations

import gc
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from playwright.sync_api import Browser, sync_playwright

from quarterdeck import catalog, clock, demo, reads
from quarterdeck import engine as engine_module
from quarterdeck.commands.backups import verify
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.filters import Filters
from quarterdeck.importing import child as importing_child
from quarterdeck.importing import staging
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.staging import Dropped, Staged, stage
from quarterdeck.people import OWNER
from tests import invented, screen
from tests.kept import kept

SHARED = Path(__file__).resolve().parents[2] / "shared"
MAVEN = SHARED / "data" / "maven_crm"
MAVEN_FILES = ("sales_teams", "accounts", "products", "sales_pipeline")


def needs(path: str) -> pytest.MarkDecorator:
    """For a test of a file that stands beside the project on some machines only."""
    reason = f"{path} is not beside the project"
    return pytest.mark.skipif(not (SHARED / path).exists(), reason=reason)


NEEDS_MAVEN = needs("data/maven_crm")
TODAY = date(2026, 11, 25)
DEMO_MONTHS = 15

FEW_BYTES = 100_000
Drop = Callable[..., dict[str, Any]]
Child = Callable[[dict[str, object], Dropped], subprocess.CompletedProcess[bytes]]
Fill = Callable[[DuckDBEngine], object]
Once = Callable[[DuckDBEngine, Fill], DuckDBEngine]


def pytest_configure() -> None:
    """Give the main module of a parallel worker a file: the Spark client takes one without for a
    doctest of its own, looks for a whole Spark on this machine and ends the process."""
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        main.__file__ = __file__


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that drive a browser take longest: begun first, none of them is waited for."""
    slow = {one.path for one in items if one.get_closest_marker("browser")}
    items.sort(key=lambda one: one.path not in slow)


@pytest.fixture(autouse=True)
def day_restored() -> Iterator[None]:
    """The command line sets the day for the whole process: no other test is to live on it."""
    before = os.environ.get(clock.VARIABLE)
    yield
    if before is None:
        os.environ.pop(clock.VARIABLE, None)
    else:
        os.environ[clock.VARIABLE] = before


@pytest.fixture
def engine(tmp_path: Path) -> DuckDBEngine:
    return DuckDBEngine(tmp_path / "quarterdeck.duckdb")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the pages look for a database, on the day the invented books stop."""
    path = tmp_path / "quarterdeck.duckdb"
    monkeypatch.setenv("QUARTERDECK_DB", str(path))
    monkeypatch.setenv(clock.VARIABLE, "2017-11-20")
    yield path
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as the first start makes it, but for its oldest months: once for all tests."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    demo.make(path, TODAY, months=DEMO_MONTHS)
    return path


@pytest.fixture
def filled(database: Path) -> Path:
    """The same with the invented books in it."""
    kept(DuckDBEngine(database), invented.fill).close()
    return database


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=screen.CHROMIUM, args=screen.FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session", autouse=True)
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """A small file is read in this process, without half a second for a child of its own, and once:
    most tests drop the same few. What was written is given again, byte by byte. Large files, the
    command line and whatever a browser drops are read by a child as ever."""
    kept: dict[str, tuple[Path, subprocess.CompletedProcess[bytes]]] = {}
    child = staging._child

    def remembered(
        request: dict[str, object], dropped: Dropped
    ) -> subprocess.CompletedProcess[bytes]:
        out = Path(str(request["out"]))
        if len(dropped.content) > FEW_BYTES:
            return child(request, dropped)
        words = json.dumps({**request, "path": "", "out": ""}, sort_keys=True, default=str)
        key = hashlib.sha256(words.encode() + dropped.content).hexdigest()
        if key not in kept:
            Path(str(request["path"])).write_bytes(dropped.content)
            status = importing_child.answered(dict(request))
            ended = subprocess.CompletedProcess((), status, b"", b"")
            if ended.returncode not in (0, 1):
                return ended
            kept[key] = (tmp_path_factory.mktemp("read"), ended)
            shutil.copytree(out, kept[key][0], dirs_exist_ok=True)
        folder, ended = kept[key]
        shutil.copytree(folder, out, dirs_exist_ok=True)
        return ended

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "_child", remembered)
        yield child


@pytest.fixture
def in_a_child(read_once: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the product: every file is read by a process of its own."""
    monkeypatch.setattr(staging, "_child", read_once)


Connect = Callable[[Path | None, Path], Cursor]


@pytest.fixture(scope="session", autouse=True)
def shaped_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connect]:
    """A new database begins as a copy of one that has its shape: half a second less in each test,
    and what is shaped otherwise in a test is shaped by it."""
    gc.freeze()  # what is loaded by now stays: nobody need look for waste in it again and again
    blank = tmp_path_factory.mktemp("blank") / "quarterdeck.duckdb"
    with DuckDBEngine(blank).transaction():
        pass
    connect = engine_module._connect
    numbers = itertools.count()

    def begun(path: Path | None, folder: Path) -> Cursor:
        if path:
            if not path.exists():
                shutil.copy(blank, path)
            return connect(path, folder)
        copy = Path(shutil.copy(blank, blank.with_name(f"{next(numbers)}.duckdb")))
        connection = connect(copy, folder)
        copy.unlink()
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_module, "_connect", begun)
        yield connect


@pytest.fixture
def shaped_anew(shaped_once: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the product: every new database goes through all the steps that shape it."""
    monkeypatch.setattr(engine_module, "_connect", shaped_once)


@pytest.fixture(scope="session")
def once() -> Once:
    """Fill a database as `fill` says, or take a copy of the one that was filled so before."""
    return kept


@pytest.fixture
def team(engine: DuckDBEngine, once: Once) -> DuckDBEngine:
    """Two directors' teams and their stages, without a deal."""
    from tests import teams

    return once(engine, teams.fill)


@pytest.fixture
def drop(engine: DuckDBEngine) -> Drop:
    """Stage and commit a small file written in the test."""

    def dropped(text: str, name: str = "deals.csv", **said: Any) -> dict[str, Any]:
        return commit(engine, looked_at(engine, text, name, **said))

    return dropped


@pytest.fixture(scope="session")
def maven(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    """A real CRM export, imported once: four files, 8,800 deals."""
    if not MAVEN.is_dir():
        pytest.skip("the real CRM export is not beside the project")
    engine = DuckDBEngine(tmp_path_factory.mktemp("maven") / "quarterdeck.duckdb")
    for name in MAVEN_FILES:
        content = (MAVEN / f"{name}.csv").read_bytes()
        commit(engine, stage(engine, Dropped(f"{name}.csv", content), scope=OWNER, today=TODAY))
    return engine


def looked_at(engine: DuckDBEngine, text: str, name: str = "deals.csv", **said: Any) -> Staged:
    said = {"exported_on": date(2026, 11, 20)} | said
    return stage(engine, Dropped(name, text.encode(), **said), scope=OWNER, today=TODAY)


def commit(engine: DuckDBEngine, staged: Staged, **said: Any) -> dict[str, Any]:
    return commit_import(engine, staged, scope=OWNER, key=new_key(), **said)


def hashes(engine: DuckDBEngine) -> list[tuple[Any, ...]]:
    """What every table holds now, superseded rows and recorded_at left out."""
    with engine.looking() as cursor:
        return run(cursor, catalog.statements("table_hashes")).fetchall()


def faults(engine: DuckDBEngine) -> list[str]:
    """The rules of a sound database that are broken."""
    return [fault["rule"] for fault in verify(engine).faults]


def asked(
    engine: DuckDBEngine, period: str = "2026-Q4", as_of: date = TODAY, **chosen: Any
) -> Filters:
    return Filters(reads.calendar(engine).parse(period), as_of, **chosen)


def rows_of(engine: DuckDBEngine, name: str, filters: Filters, scope=OWNER, **more: Any) -> list:
    """The exact answer as one dict a row."""
    found = reads.exact(engine, scope, filters, name, **more)
    titles = [column.name for column in found.columns]
    return [dict(zip(titles, row, strict=True)) for row in found.rows]


@pytest.fixture(scope="session")
def spark_url() -> Iterator[str]:
    """The Spark that QUARTERDECK_SPARK names, else a server without Java in this process.

    The server object must live as long as its address is used.
    """
    if named := os.environ.get("QUARTERDECK_SPARK"):
        yield named
        return
    server = pytest.importorskip("pysail.spark").SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    yield "sc://{}:{}".format(*server.listening_address)
    server.stop()
