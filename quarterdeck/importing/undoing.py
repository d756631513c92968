"""One import is taken back: every table but the audit is as it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quarterdeck import audit, catalog
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.importing import weaving
from quarterdeck.importing.comparing import DOLLARS
from quarterdeck.importing.staging import check_may_import, settings
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

IN_TIME = ("deal", "stage_history")
"""What has a place in time, whenever it came in: any of these can be taken back."""


@dataclass(frozen=True)
class UndoImport:
    """The audit's word for one import taken back."""

    batch_id: str


@dataclass(frozen=True)
class Undone:
    """What was taken back, and the people, accounts and products that stay, being in use."""

    batch_id: str
    entity: str
    file_name: str
    kept: tuple[str, ...]


def undo_import(engine: DuckDBEngine, batch_id: str, *, scope: Scope) -> Undone:
    """Take an import back, in one transaction.

    Of deals and of their events any one can be taken back, of other kinds the newest.

    What later exports said of the same deals holds as if this one had never been. Raises Refused
    for an unknown batch, one already taken back, and one of another kind than deals with a newer
    import of the same kind on top of it.
    """
    check_may_import(scope)
    with engine.transaction() as cursor:
        entity, file_name, committed_at = _standing(cursor, batch_id)
        at = audit.moment(cursor)
        taking = {"batch_id": batch_id, "undone_at": committed_at, "at": at}
        if entity in IN_TIME:
            _unpick(cursor, entity, taking)
        run(cursor, catalog.statements("undo"), taking)
        kept = run(cursor, catalog.statements("undo_kept")).fetchall()
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": at})
        audit.record(cursor, scope.viewer_id or scope.role, UndoImport(batch_id), at)
    return Undone(batch_id, entity, file_name, tuple(str(label) for (label,) in kept))


def _unpick(cursor: Cursor, entity: str, taking: dict[str, Any]) -> None:
    """Derive the versions of deals again, without this export or these events."""
    settled = {"reporting_currency": settings(cursor).get("reporting_currency", DOLLARS)}
    if entity == "deal":
        weaving.unpick(cursor, str(taking["batch_id"]), settled)
    else:
        run(cursor, catalog.statements("stage_history_leaving"), taking)
        weaving.rederive(cursor, settled)
    weaving.keep(cursor, taking | settled)


def _standing(cursor: Cursor, batch_id: str) -> tuple[str, str, object]:
    found = run(cursor, catalog.statements("batch_by_id"), {"batch_id": batch_id}).fetchall()
    if not found:
        raise Refused(
            "There is no such import.",
            f"batch {batch_id}",
            "Copy the id from the list of imports on the Upload page.",
        )
    entity, file_name, committed_at, undone_at, _ = found[0]
    if undone_at:
        raise Refused(
            f"This import was already taken back on {undone_at:%d %b %Y at %H:%M} UTC.",
            str(file_name),
            "Nothing to do.",
        )
    if entity in IN_TIME:
        return str(entity), str(file_name), committed_at
    later = run(
        cursor,
        catalog.statements("batch_later"),
        {"entity": entity, "committed_at": committed_at},
    ).fetchall()
    if later:
        raise Refused(
            f"A newer import of the same kind, {later[0][0]}, builds on this one.",
            f"{file_name} (batch {batch_id})",
            f"Undo batch {later[0][1]} first.",
        )
    return str(entity), str(file_name), committed_at
