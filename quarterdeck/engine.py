"""Where does SQL run? One process, one file, one writer at a time."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pandas as pd

from quarterdeck import catalog, clock
from quarterdeck.catalog import Query
from quarterdeck.frames import typed
from quarterdeck.refusal import Refused

Cursor = duckdb.DuckDBPyConnection
MIGRATIONS = Path(__file__).parent / "migrations"
MEMORY = ":memory:"
BESIDE = ("staging", "backups")
"""The only folders, beside the file, that SQL may read or write."""

_LIMITS: dict[str, Any] = {
    "memory_limit": "2GB",
    "max_temp_directory_size": "20GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
}
_HOLDER = re.compile(r"PID (\d+)")


class Engine(Protocol):
    """All that the rest of the product knows about where its questions are answered."""

    def __hash__(self) -> int: ...

    def frame(self, query: Query, parameters: dict[str, Any]) -> pd.DataFrame: ...

    def rows(self, query: Query, parameters: dict[str, Any]) -> list[tuple[Any, ...]]: ...

    def data_version(self) -> int: ...


def bound(names: frozenset[str], parameters: dict[str, Any]) -> dict[str, Any]:
    """Only what the text names: one parameter too many is an error of its own."""
    return {name: parameters[name] for name in names}


def run(cursor: Cursor, steps: tuple[str, ...], parameters: dict[str, Any] | None = None) -> Cursor:
    """Run each step with the parameters it names; the last one's result is left on the cursor."""
    for step in steps:
        cursor.execute(step, bound(catalog.named(step), parameters or {}))
    return cursor


class DuckDBEngine:
    """One file on one machine. A file that does not exist is answered from an empty database in
    memory, and made by the first write: looking at nothing leaves nothing behind."""

    def __init__(self, path: Path | str = MEMORY) -> None:
        self.path = Path(path).absolute() if str(path) != MEMORY else None
        self._writing = threading.RLock()
        self._is_pending = self.path is not None and not self.path.exists()
        self._connection = self._open(None if self._is_pending else self.path)

    @property
    def folder(self) -> Path:
        """Where staging and backups stand: beside the file."""
        return self.path.parent if self.path else Path("data").absolute()

    def frame(self, query: Query, parameters: dict[str, Any]) -> pd.DataFrame:
        """The answer for the screen: money as the nearest double."""
        cursor = self._connection.cursor()
        answer = cursor.sql(query.sql, params=bound(query.parameters, parameters))
        return typed(query, answer.to_arrow_table())

    def rows(self, query: Query, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The answer for files and JSON: money as Decimal."""
        cursor = self._connection.cursor()
        return cursor.execute(query.sql, bound(query.parameters, parameters)).fetchall()

    def data_version(self) -> int:
        """The newest audit entry: it moves exactly when a command commits."""
        cursor = self._connection.cursor()
        ((version,),) = run(cursor, catalog.statements("audit_version")).fetchall()
        return int(version)

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """One writer at a time; all of it lands or none of it does.

        Whatever interrupts the writer, a rerun's control exception too, takes it all back.
        """
        with self._writing:
            self._make_file()
            cursor = self._connection.cursor()
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()

    @contextmanager
    def looking(self) -> Iterator[Cursor]:
        """A cursor for comparing: temporary tables only, and nothing of them stays."""
        cursor = self._connection.cursor()
        cursor.begin()
        try:
            yield cursor
        finally:
            cursor.rollback()
            cursor.close()

    def close(self) -> None:
        self._connection.close()

    def _make_file(self) -> None:
        if self._is_pending:
            assert self.path is not None
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open(self.path)
            self._is_pending = False

    def _open(self, path: Path | None) -> Cursor:
        connection = _connect(path, self.folder)
        try:
            _migrate(connection, path)
            connection.execute(catalog.macros())
            _lock_down(connection, self.folder)
        except BaseException:
            connection.close()
            raise
        return connection


def _connect(path: Path | None, folder: Path) -> Cursor:
    try:
        return duckdb.connect(
            str(path or MEMORY), config={**_LIMITS, "temp_directory": str(folder / "spill")}
        )
    except duckdb.IOException as error:
        if holder := _HOLDER.search(str(error)):
            raise Refused(
                f"Another process ({holder[1]}) has the database open.",
                str(path),
                f"Close the dashboard or end process {holder[1]}, then try again. "
                "While the dashboard runs, use its pages.",
            ) from error
        raise Refused(
            "The file cannot be opened as a Quarterdeck database.",
            str(path),
            "Check that it is the right file and that you may read and write it.",
        ) from error


def _lock_down(connection: Cursor, folder: Path) -> None:
    """From here on SQL reaches two folders and no setting can be changed back.

    Within one process a file that is open already is the same database, and locked already.
    """
    ((locked,),) = connection.execute("select current_setting('lock_configuration')").fetchall()
    if locked:
        return
    allowed = [f"{folder / name}/" for name in BESIDE]
    connection.execute("set allowed_directories = $allowed", {"allowed": allowed})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _migrate(connection: Cursor, path: Path | None) -> None:
    """Bring the file to the newest shape: each migration once, in order, in one transaction."""
    run(connection, catalog.statements("migration_table"))
    done = {name for (name,) in run(connection, catalog.statements("migration_done")).fetchall()}
    files = {file.stem: file for file in sorted(MIGRATIONS.glob("*.sql"))}
    if unknown := sorted(done - files.keys()):
        raise Refused(
            "The database was written by a newer version of Quarterdeck.",
            f"{path} (step {unknown[-1]} is not known here)",
            "Update Quarterdeck, or open a backup made by this version.",
        )
    for name, file in files.items():
        if name not in done:
            connection.begin()
            try:
                connection.execute(file.read_text(encoding="utf-8"))
                at = {"name": name, "at": clock.now()}
                run(connection, catalog.statements("migration_record"), at)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
