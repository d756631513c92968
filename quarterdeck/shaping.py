"""Which shape has the file? Brought to the newest one, each step once, after a backup."""

from __future__ import annotations

import hashlib
from pathlib import Path

from quarterdeck import catalog, clock, keeping
from quarterdeck.placing import derive_places
from quarterdeck.refusal import Refused
from quarterdeck.steps import Cursor, run

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Cursor, path: Path | None) -> None:
    """Run the migrations the file has not been through, in order, each in one transaction.

    With the last one the addresses in the file find their places. Raises Refused for a file of a
    newer version. A file that holds anything is backed up first.
    """
    run(connection, catalog.statements("migration_table"))
    done = {name for (name,) in run(connection, catalog.statements("migration_done")).fetchall()}
    files = {file.stem: file for file in sorted(MIGRATIONS.glob("*.sql"))}
    if unknown := sorted(done - files.keys()):
        raise Refused(
            "The database was written by a newer version of Quarterdeck.",
            f"{path} (step {unknown[-1]} is not known here)",
            "Update Quarterdeck, or open a backup made by this version.",
        )
    coming = [name for name in files if name not in done]
    if done and coming and path:
        keeping.back_up(connection, keeping.backup_name(path.parent / "backups", clock.now()))
    for name in coming:
        text = files[name].read_text(encoding="utf-8")
        _step(connection, name, text, is_last=name == coming[-1])


def define(connection: Cursor) -> None:
    """The shared definitions, written only when they changed: opening to read writes nothing."""
    sha256 = hashlib.sha256(catalog.macros().encode()).hexdigest()
    run(connection, catalog.statements("definition_table"))
    found = run(connection, catalog.statements("definition_known")).fetchall()
    if found != [(sha256,)]:
        connection.execute(catalog.macros())
        run(connection, catalog.statements("definition_record"), {"sha256": sha256})


def _step(connection: Cursor, name: str, text: str, *, is_last: bool) -> None:
    connection.begin()
    try:
        connection.execute(text)
        at = clock.now()
        run(connection, catalog.statements("migration_record"), {"name": name, "at": at})
        if is_last:
            derive_places(connection, at)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
