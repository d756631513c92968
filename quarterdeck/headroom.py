"""How many threads and how much memory does the database take?

Questions are many and small; work that writes or compares is seldom and large. Under the ceiling of
questions a large import would push out what they read, and with many threads not end at all. And a
question that shares its threads with an import waits for those that are busy.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quarterdeck import catalog
from quarterdeck.steps import Cursor, run

MOST_THREADS = 4
"""A question takes milliseconds of one; every further one wants memory of its own."""

_JUST_NOW = 1.0
_A_THREAD, _MOST = 96 * 2**20, 2 * 2**30
_UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


class Headroom:
    """The ceiling of memory: low for questions, higher as long as any work lasts. And the threads:
    work that begins while others ask keeps to its own."""

    def __init__(self, path: Path | None, error: type[Exception]) -> None:
        """`error` is what the database raises when it cannot come down just now."""
        self._path, self._error = path, error
        self._counting = threading.Lock()
        self._at_work, self._is_thin = 0, False
        self._asked_at = 0.0
        self._threads, self._all = MOST_THREADS, _MOST

    def settle(self, connection: Cursor) -> bool:
        """Few threads, and the ceiling of questions; whether the settings were locked before."""
        found = run(connection, catalog.statements("headroom")).fetchall()
        ((threads, memory, is_locked),) = found
        self._threads = min(int(threads), MOST_THREADS)
        if is_locked:
            return True
        self._all = _bytes(memory)
        self._use(connection, self._threads)
        self._set(connection, self._quiet())
        return False

    def asked(self) -> None:
        """A question was asked just now."""
        self._asked_at = time.monotonic()

    @contextmanager
    def widened(self, cursor: Cursor) -> Iterator[None]:
        """More memory while this lasts, at most what the machine can give."""
        with self._counting:
            self._set(cursor, max(self._quiet(), min(_MOST, self._all)))
            if not self._at_work and time.monotonic() - self._asked_at < _JUST_NOW:
                self._is_thin = True
                with suppress(self._error):
                    self._use(cursor, 1)
            self._at_work += 1
        try:
            yield
        finally:
            with self._counting:
                self._at_work -= 1
                if not self._at_work:
                    self._narrow(cursor)

    def _narrow(self, cursor: Cursor) -> None:
        # What others are reading now cannot be put away: the next work's end does it.
        with suppress(self._error):
            self._set(cursor, self._quiet())
        if self._is_thin:
            with suppress(self._error):
                self._use(cursor, self._threads)
            self._is_thin = False

    def _quiet(self) -> int:
        """Half more than the file, which may have grown, but enough for each thread."""
        held = self._path.stat().st_size if self._path and self._path.exists() else 0
        return min(max(self._threads * _A_THREAD, 3 * held // 2), _MOST)

    def _use(self, cursor: Cursor, threads: int) -> None:
        run(cursor, catalog.statements("headroom_threads"), {"threads": threads})

    def _set(self, cursor: Cursor, most: int) -> None:
        run(cursor, catalog.statements("headroom_set"), {"most": f"{most // 2**20}MiB"})


def _bytes(said: str) -> int:
    """ "18.8 GiB" as a number; no ceiling where it cannot be told."""
    number, _, unit = said.partition(" ")
    return int(float(number) * _UNITS[unit]) if unit in _UNITS else _MOST
