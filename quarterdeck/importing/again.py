"""Newer imports, read once more from their kept originals: what they do without an older one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from quarterdeck import audit, catalog
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.importing.committing import make_true
from quarterdeck.importing.comparing import Arrival, compare
from quarterdeck.importing.staging import Dropped, typed_rows
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class ImportAgain:
    """The audit's word for an import written anew, an older one having been taken back."""

    batch_id: str


@dataclass(frozen=True)
class Later:
    """An import of the same kind that came after another one and stands."""

    batch_id: str
    file_name: str
    committed_at: datetime
    sha256: str
    exported_on: date
    extent: str
    said: str | None

    def dropped(self, originals: Path, entity: str) -> Dropped:
        """The file as it was dropped, with all that was said about it; Refused if it is lost."""
        original = originals / self.sha256[:2] / self.sha256
        if self.said is None or not original.exists():
            raise Refused(
                f"A newer import of the same kind, {self.file_name}, builds on this one and cannot "
                "be read again.",
                f"{self.file_name} (batch {self.batch_id})",
                f"Undo batch {self.batch_id} first.",
            )
        answers: dict[str, str] = json.loads(self.said)["answers"]
        content = original.read_bytes()
        if sha256(content).hexdigest() != self.sha256:
            raise Refused(
                f"The kept copy of {self.file_name} is not as it was dropped: somebody in it was "
                "erased since, or it was changed.",
                f"{self.file_name} (batch {self.batch_id})",
                f"Undo batch {self.batch_id} first.",
            )
        return Dropped(self.file_name, content, answers, self.exported_on, self.extent, entity)


def later_ones(cursor: Cursor, entity: str, committed_at: object) -> list[Later]:
    """Those on top of an import, newest first."""
    after = {"entity": entity, "committed_at": committed_at}
    return [
        Later(*row) for row in run(cursor, catalog.statements("batches_later"), after).fetchall()
    ]


@contextmanager
def read_again(
    engine: DuckDBEngine, entity: str, laters: list[Later]
) -> Iterator[list[tuple[Later, Arrival]]]:
    """The rows of each, oldest first; Refused says which one cannot be read, and why."""
    with ExitStack() as reading:
        read = []
        for later in reversed(laters):
            dropped = later.dropped(engine.folder / "originals", entity)
            with _naming(later):
                rows = reading.enter_context(typed_rows(engine, dropped, later.committed_at.date()))
            read.append((later, rows))
        yield read


def write_again(cursor: Cursor, later: Later, arrival: Arrival, actor: str) -> None:
    """Make a newer import true anew, under its own name."""
    with _naming(later):
        at = make_true(cursor, arrival, compare(cursor, arrival), later.batch_id)
    run(cursor, catalog.statements("batch_again"), {"batch_id": later.batch_id, "at": at})
    audit.record(cursor, actor, ImportAgain(later.batch_id), at)


@contextmanager
def _naming(later: Later) -> Iterator[None]:
    """A refusal names the import that is in the way."""
    try:
        yield
    except Refused as refused:
        raise Refused(
            f"A newer import of the same kind does not stand without this one: {refused.what}",
            f"{later.file_name} (batch {later.batch_id}): {refused.where}",
            f"Undo batch {later.batch_id} first.",
        ) from refused
