"""Imports one file as the product does, and tells on standard output how far it has come.

    python -m tests.exam.writer DATABASE FILE

Prints `open` once its transaction has begun, `commit` before it commits, `done` once the import is
acknowledged; so that a killer knows what it interrupts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from quarterdeck.engine import Cursor, DuckDBEngine
from quarterdeck.importing.committing import commit_import, new_key
from quarterdeck.importing.staging import Dropped, stage
from quarterdeck.people import OWNER


class TellingEngine(DuckDBEngine):
    """The engine itself, with a word at each step of a transaction."""

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        with super().transaction() as cursor:
            tell("open")
            yield cursor
            tell("commit")


def tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(database: str, file: str) -> None:
    engine = TellingEngine(database)
    dropped = Dropped("deals.csv", Path(file).read_bytes(), {}, date(2026, 11, 1), "full")
    staged = stage(engine, dropped, scope=OWNER, today=date(2026, 11, 25))
    commit_import(engine, staged, scope=OWNER, key=new_key())
    tell("done")
    engine.close()
    tell("closed")


if __name__ == "__main__":
    main(*sys.argv[1:])
