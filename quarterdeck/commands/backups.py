"""Keep, check and bring back: what stands between a bad day and lost work."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from quarterdeck import catalog, clock, keeping
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class Verdict:
    """What a check found: each table's rows and hash, and the faults by rule."""

    tables: dict[str, dict[str, Any]]
    faults: tuple[dict[str, Any], ...]


class NotSound(Refused):
    """A database whose facts do not fit together."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        first = verdict.faults[0]
        super().__init__(
            f"The database is not sound: {first['rule']} ({first['faults']}).",
            f"first: {first['first']}",
            "Restore a backup, or undo the newest import.",
        )


def back_up(engine: DuckDBEngine, target: Path | None = None) -> Path:
    """A verified copy of the database: at `target`, else beside it, where the newest ten stay."""
    if engine.path is None or not engine.path.exists():
        raise Refused(
            "There is nothing to back up yet.",
            str(engine.path),
            "Commit a first file, then back up.",
        )
    return engine.back_up(target)


def back_up_daily(engine: DuckDBEngine) -> None:
    """A backup before the day's first import; a disk too full for it stops the import."""
    if engine.path is None or not engine.path.exists():
        return
    today = f"{clock.now():%Y-%m-%d}"
    if not any(today in path.name for path in keeping.backups(engine.folder / "backups")):
        engine.back_up()


def verify(engine: DuckDBEngine) -> Verdict:
    """Whether references, versions and records fit together; the hashes of what is current."""
    with engine.looking() as cursor:
        tables = run(cursor, catalog.statements("table_hashes")).fetchall()
        asked = (catalog.statements(name) for name in ("verify", "held_twice"))
        faults = [fault for steps in asked for fault in run(cursor, steps).fetchall()]
    return Verdict(
        {str(name): {"rows": rows, "hash": str(total)} for name, rows, total in tables},
        tuple({"rule": rule, "faults": many, "first": first} for rule, many, first in faults),
    )


def restore(database: Path, source: Path) -> Path | None:
    """Put a backup in the database's place; what stood there is kept under another name.

    Returns where that is. Raises Refused when the backup cannot be opened or is not sound; then
    nothing has changed.
    """
    if not source.is_file():
        raise Refused("There is no such backup.", str(source), "Name one of data/backups/.")
    _free(database)
    half = database.with_name(f"{database.name}.restoring")
    database.parent.mkdir(parents=True, exist_ok=True)
    for left in (half, half.with_name(f"{half.name}.wal")):
        left.unlink(missing_ok=True)
    shutil.copyfile(source, half)
    try:
        _check(half, source)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    kept = set_aside(database, clock.now())
    half.replace(database)
    return kept


def set_aside(database: Path, at: datetime) -> Path | None:
    """Move a database, its log and its receipt out of the way, under a name that says when."""
    kept = database.with_name(f"{database.stem}-before-{at:%Y-%m-%dT%H%M%S}{database.suffix}")
    for part in ("", ".wal", ".receipt"):
        old = database.with_name(f"{database.name}{part}")
        if old.exists():
            old.replace(kept.with_name(f"{kept.name}{part}"))
    return kept if kept.exists() else None


def _free(database: Path) -> None:
    """Nobody else may have the database open while its place is taken."""
    if database.exists() and (holder := DuckDBEngine.holder(database)):
        raise Refused(
            f"Another process ({holder}) has the database open.",
            str(database),
            f"Close the dashboard or end process {holder}, then restore.",
        )


def _check(half: Path, source: Path) -> None:
    engine = DuckDBEngine(half)
    try:
        verdict = verify(engine)
    finally:
        engine.close()
    if verdict.faults:
        first = verdict.faults[0]
        raise Refused(
            f"The backup is not sound: {first['rule']} ({first['faults']}).",
            str(source),
            "Restore another one; nothing was changed.",
        )
