"""Where does SQL run? One process, one file, one writer at a time."""

from __future__ import annotations

import gc
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pandas as pd

from quarterdeck import catalog, clock, journal, keeping, shaping
from quarterdeck.catalog import Query
from quarterdeck.frames import typed
from quarterdeck.headroom import Headroom
from quarterdeck.refusal import Refused
from quarterdeck.remembering import Memory
from quarterdeck.steps import bound, run

__all__ = ["MEMORY", "Cursor", "DuckDBEngine", "Engine", "run"]

Cursor = duckdb.DuckDBPyConnection
MEMORY = ":memory:"
BESIDE = ("staging", "backups")
"""The only folders, beside the file, that SQL may read or write."""

_LIMITS: dict[str, Any] = {
    # With it DuckDB 2.0 hides what a transaction writes after it has written nothing into the same
    # table, from 122,881 rows on and until a checkpoint. Our answers say their own order.
    "preserve_insertion_order": False,
    "max_temp_directory_size": "20GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
}
_HOLDER = re.compile(r"PID (\d+)")
_BREAKS = (duckdb.FatalException, duckdb.InternalException)
"""After one of these the whole database object is of no use and the file is opened anew."""
_UNREADABLE = (
    *_BREAKS,
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.TransactionException,
)

# The extra copy it speaks of is of a few hundred rows; its own way plans every query twice.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")


class Engine(Protocol):
    """All that the rest of the product knows about where its questions are answered."""

    def __hash__(self) -> int: ...

    def frame(self, query: Query, parameters: dict[str, Any]) -> pd.DataFrame: ...

    def rows(self, query: Query, parameters: dict[str, Any]) -> list[tuple[Any, ...]]: ...

    def data_version(self) -> int: ...


class DuckDBEngine:
    """One file on one machine. A file that does not exist is answered from an empty database in
    memory, and made by the first write: looking at nothing leaves nothing behind."""

    def __init__(self, path: Path | str = MEMORY, *, remembers: bool = False) -> None:
        """A server `remembers`: what its pages ask at every click is kept in memory."""
        self._memory = Memory(duckdb.Error) if remembers else None
        self.path = Path(path).absolute() if str(path) != MEMORY else None
        self._writing, self._copying = threading.RLock(), threading.Lock()
        self._headroom = Headroom(self.path, duckdb.Error)
        self._is_pending = self.path is not None and not self.path.exists()
        self._is_broken = False
        self._connection = self._open(None if self._is_pending else self.path)

    @property
    def folder(self) -> Path:
        """Where staging and backups stand: beside the file."""
        return self.path.parent if self.path else Path("data").absolute()

    def frame(self, query: Query, parameters: dict[str, Any]) -> pd.DataFrame:
        """The answer for the screen: money as the nearest double."""
        with self._recalling(query, parameters) as cursor:
            answer = cursor.execute(query.sql, bound(query.parameters, parameters))
            return typed(query, answer.to_arrow_table())

    def rows(self, query: Query, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The answer for files and JSON: money as Decimal."""
        with self._recalling(query, parameters) as cursor:
            return cursor.execute(query.sql, bound(query.parameters, parameters)).fetchall()

    def data_version(self) -> int:
        """The newest audit entry that changes anything: it moves when a command commits."""
        with self._asking() as cursor:
            return _version(cursor)

    def plan_version(self) -> int:
        """The newest audit entry of all: it moves too when something is only planned."""
        with self._asking() as cursor:
            return _version(cursor, "plan_version")

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """One writer at a time; all of it lands or none of it does.

        Whatever interrupts the writer, a rerun's control exception too, takes it all back. What
        landed is acknowledged by a receipt apart from the file.
        """
        with self._writing:
            self._make_file()
            with self._working() as cursor:
                cursor.begin()
                try:
                    yield cursor
                except BaseException:
                    _take_back(cursor)
                    raise
                cursor.commit()
                version = _version(cursor, "plan_version")
                if self.path:
                    keeping.write_receipt(self.path, version)
                journal.note("committed", change=version)

    @contextmanager
    def looking(self) -> Iterator[Cursor]:
        """A cursor for comparing: temporary tables only, and nothing of them stays."""
        with self._working() as cursor:
            cursor.begin()
            try:
                yield cursor
            finally:
                _take_back(cursor)

    def back_up(self, target: Path | None = None) -> Path:
        """A verified copy of all that is committed; beside the file the newest ten are kept."""
        folder = self.folder / "backups"
        made = keeping.backup_name(folder, clock.now())
        with self._copying, self._working() as cursor:
            keeping.back_up(cursor, made)
        if target is None:
            keeping.keep_newest(folder)
            return made
        keeping.move(made, target)
        return target

    def reopen(self) -> None:
        """Read the file anew: the database broke, or another file has taken its place."""
        self._connection.close()
        gc.collect()
        self._connection = self._open(self.path)
        self._is_broken = self._is_pending = False

    def close(self) -> None:
        self._connection.close()

    @staticmethod
    def holder(path: Path) -> str | None:
        """The id of the process that has the file open, if another one has."""
        try:
            duckdb.connect(str(path), read_only=True).close()
        except duckdb.Error as error:
            found = _HOLDER.search(str(error))
            return found[1] if found else None
        return None

    @contextmanager
    def _asking(self) -> Iterator[Cursor]:
        """A cursor of one's own; after the database broke, the next one reopens the file."""
        self._mend()
        cursor = self._connection.cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            # A block with a wrong checksum is an Error of no kind of its own.
            if not isinstance(error, _UNREADABLE) and type(error) is not duckdb.Error:
                raise
            self._is_broken = isinstance(error, _BREAKS)
            journal.note("unreadable", kind=type(error).__name__, reopens=self._is_broken)
            raise keeping.damaged(self.path, error) from error
        finally:
            cursor.close()

    @contextmanager
    def _working(self) -> Iterator[Cursor]:
        """A cursor for work that may take more memory than a question."""
        with self._asking() as cursor, self._headroom.widened(cursor):
            try:
                yield cursor
            except duckdb.OutOfMemoryException as error:
                raise Refused(
                    "There is too little memory to do so much at once: nothing was changed.",
                    str(error).splitlines()[0],
                    "Close other programs, or split the file by year and drop one part at a time.",
                ) from error

    @contextmanager
    def _recalling(self, query: Query, parameters: dict[str, Any]) -> Iterator[Cursor]:
        """A cursor for one question; a server's answers it from memory as far as it can."""
        with self._asking() as cursor:
            self._headroom.asked()
            if self._memory:
                self._memory.recall(cursor, query.sql, parameters)
            yield cursor

    def _mend(self) -> None:
        # Every question comes by here: none may wait for a writer unless the file is broken.
        if not self._is_broken:
            return
        with self._writing:
            if self._is_broken:
                self.reopen()

    def _make_file(self) -> None:
        if self._is_pending:
            assert self.path is not None
            self.path.parent.mkdir(parents=True, exist_ok=True)
            keeping.forget_receipt(self.path)
            self._connection = self._open(self.path)
            self._is_pending = False

    def _open(self, path: Path | None) -> Cursor:
        connection = _connect(path, self.folder)
        try:
            shaping.migrate(connection, path)
            shaping.define(connection)
            if self._memory:
                self._memory.forget()
                run(connection, catalog.statements("keep_open"))
            _lock_down(connection, self.folder, self._headroom)
            _check_receipt(connection, path)
        except duckdb.Error as error:
            connection.close()
            raise keeping.damaged(path, error) from error
        except BaseException:
            connection.close()
            raise
        return connection


def _connect(path: Path | None, folder: Path) -> Cursor:
    try:
        return duckdb.connect(
            str(path or MEMORY), config={**_LIMITS, "temp_directory": str(folder / "spill")}
        )
    except duckdb.Error as error:
        if holder := _HOLDER.search(str(error)):
            raise Refused(
                f"Another process ({holder[1]}) has the database open.",
                str(path),
                f"Close the dashboard or end process {holder[1]}, then try again. "
                "While the dashboard runs, use its pages.",
            ) from error
        raise keeping.damaged(path, error) from error


def _check_receipt(connection: Cursor, path: Path | None) -> None:
    """A database that holds less than was acknowledged has lost its log: that is said."""
    if path is None:
        return
    held, acknowledged = _version(connection, "plan_version"), keeping.acknowledged(path)
    if held < acknowledged:
        lost = duckdb.Error(f"change {acknowledged} was acknowledged, the file ends at {held}")
        raise keeping.damaged(path, lost)


def _version(cursor: Cursor, which: str = "audit_version") -> int:
    ((version,),) = run(cursor, catalog.statements(which)).fetchall()
    return int(version)


def _take_back(cursor: Cursor) -> None:
    """Roll back; a database that just broke has nothing to roll back."""
    with suppress(duckdb.Error):
        cursor.rollback()


def _lock_down(connection: Cursor, folder: Path, headroom: Headroom) -> None:
    """From here on SQL reaches two folders, and can change no setting but the headroom's.

    Within one process a file that is open already is the same database, and locked already.
    """
    if headroom.settle(connection):
        return
    allowed = [f"{folder / name}/" for name in BESIDE]
    connection.execute("set allowed_configs = ['memory_limit', 'threads']")
    connection.execute("set allowed_directories = $allowed", {"allowed": allowed})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
