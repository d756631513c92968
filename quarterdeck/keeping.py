"""How is the file kept safe? Verified copies beside it, and a receipt for what was acknowledged."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from quarterdeck import catalog
from quarterdeck.refusal import Refused
from quarterdeck.steps import Cursor

NEWEST_KEPT = 10
COPY = "copied"
"""The name under which a copy is attached while it is made or read."""


class CopyDiffers(ValueError):
    """A copy does not hold what its source holds."""


def back_up(cursor: Cursor, target: Path) -> Path:
    """A copy of everything in the cursor's database, verified before it is called `target`.

    Raises CopyDiffers, or the engine's own error when the disk is full; nothing half is left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.half")
    _forget(half)
    try:
        _copy(cursor, half)
    except BaseException:
        _forget(half)
        raise
    with half.open("rb") as file:
        os.fsync(file.fileno())
    half.replace(target)
    return target


def move(made: Path, target: Path) -> None:
    """To another place, perhaps on another disk: whole under its name, or not there."""
    half = target.with_name(f"{target.name}.half")
    try:
        shutil.copyfile(made, half)
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    finally:
        made.unlink(missing_ok=True)


def backup_name(folder: Path, at: datetime) -> Path:
    return folder / f"quarterdeck-{at:%Y-%m-%dT%H%M%S}.duckdb"


def backups(folder: Path) -> list[Path]:
    """The backups of this folder, newest first."""
    return sorted(folder.glob("quarterdeck-*.duckdb"), reverse=True)


def keep_newest(folder: Path) -> None:
    for old in backups(folder)[NEWEST_KEPT:]:
        _forget(old)


def fingerprint(cursor: Cursor, database: str) -> dict[str, tuple[Any, ...]]:
    """Each table's number of rows and an order-free hash of all of them, superseded ones too."""
    tables = _run(cursor, "tables_of", {"database": database})
    return {
        str(table): _run(cursor, "table_fingerprint", {"name": str(place)})[0]
        for table, place in tables
    }


def write_receipt(database: Path, version: int) -> None:
    """Remember, apart from the database, that this version of the data was acknowledged."""
    receipt = _receipt(database)
    half = receipt.with_suffix(".half")
    with half.open("w", encoding="utf-8") as file:
        file.write(str(version))
        file.flush()
        os.fsync(file.fileno())
    half.replace(receipt)


def acknowledged(database: Path) -> int:
    """The newest version acknowledged to anybody; 0 where nothing was."""
    receipt = _receipt(database)
    text = receipt.read_text(encoding="utf-8").strip() if receipt.exists() else ""
    return int(text) if text.isdecimal() else 0


def forget_receipt(database: Path) -> None:
    """A restored database has a past of its own."""
    _receipt(database).unlink(missing_ok=True)


def _receipt(database: Path) -> Path:
    return database.with_name(f"{database.name}.receipt")


def _copy(cursor: Cursor, half: Path) -> None:
    """Copy and compare in one transaction, so that writers may go on meanwhile."""
    ((source,),) = _run(cursor, "database_name", {})
    _run(cursor, "copy_detach", {})
    _run(cursor, "copy_attach", {"path": str(half)})
    try:
        cursor.begin()
        try:
            for step in catalog.statements("copy_database"):
                # A name cannot be bound: it is quoted instead.
                cursor.execute(step.replace("source_database", _quoted(source)))
            if fingerprint(cursor, source) != fingerprint(cursor, COPY):
                raise CopyDiffers(f"{half} differs from its source.")
        except BaseException:
            cursor.rollback()
            raise
        cursor.commit()
    finally:
        _run(cursor, "copy_detach", {})


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _run(cursor: Cursor, name: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    (step,) = catalog.statements(name)
    rows: list[tuple[Any, ...]] = cursor.execute(step, parameters).fetchall()
    return rows


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def damaged(path: Path | None, error: Exception) -> Refused:
    """What to do about a file that cannot be read or written; it is kept as it is."""
    if "space" in str(error).lower() or "could not write" in str(error).lower():
        return Refused(
            "The disk is full: the change was not written.",
            str(path),
            "Free some space and try again; nothing needs restarting.",
        )
    newest = backups(path.parent / "backups")[:1] if path else []
    from_backup = (
        f"Bring back the newest backup: python -m quarterdeck restore {newest[0]}"
        if newest
        else "There is no backup beside it: move it away and import your exports again."
    )
    reason = str(error).splitlines()[0]
    return Refused(
        "The file cannot be opened as a Quarterdeck database, or is damaged.",
        f"{path}: {reason}",
        f"It is kept as it is. {from_backup}",
    )
