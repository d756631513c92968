"""One import is taken back: every table but the audit is as it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quarterdeck import audit, catalog
from quarterdeck.commands.undoing import named_at
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.importing import weaving
from quarterdeck.importing.again import Later, later_ones, read_again, write_again
from quarterdeck.importing.comparing import DOLLARS
from quarterdeck.importing.staging import check_may_import, settings
from quarterdeck.people import Scope
from quarterdeck.placing import derive_places
from quarterdeck.refusal import Refused

IN_TIME = ("deal", "stage_history")
"""What has a place in time, whenever it came in; of other kinds the order of coming counts."""


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
    """Take any import back, in one transaction.

    What later imports said holds as if this one had never been: deals and their events are derived
    again, later files of another kind are read again from their kept originals. Raises Refused for
    an unknown batch, one already taken back, and one that a later file cannot do without.
    """
    check_may_import(scope)
    actor = scope.viewer_id or scope.role
    with engine.looking() as cursor:
        entity, file_name, laters = _standing(cursor, batch_id)
    with read_again(engine, entity, laters) as read, engine.transaction() as cursor:
        if _standing(cursor, batch_id)[2] != laters:
            raise Refused(
                "Another import of the same kind came in just now.", file_name, "Undo once more."
            )
        _check_by_hand(cursor, entity, laters)
        before = _held_twice(cursor)
        for later in laters:
            _take_back(cursor, later.batch_id, entity, actor)
        kept = _take_back(cursor, batch_id, entity, actor)
        for later, rows in read:
            write_again(cursor, later, rows, actor)
        _check_once(before, _held_twice(cursor), file_name)
    return Undone(batch_id, entity, file_name, kept)


def _check_by_hand(cursor: Cursor, entity: str, laters: list[Later]) -> None:
    """What was set by hand after a newer import would be overruled by it, written again."""
    if not laters:
        return
    oldest = laters[-1]
    about = {"entity": entity, "since": oldest.committed_at}
    ((moment,),) = run(cursor, catalog.statements("hand_since"), about).fetchall()
    if moment:
        change, number = named_at(cursor, moment)
        raise Refused(
            f"A change by hand, {change}, came after a newer import of the same kind; that one "
            "would have to be written again and overrule it.",
            f"{oldest.file_name} (batch {oldest.batch_id})",
            f"Undo batch {laters[0].batch_id} first, or take back {number} in Settings, History.",
        )


def _held_twice(cursor: Cursor) -> dict[str, int]:
    found = run(cursor, catalog.statements("held_twice")).fetchall()
    return {str(rule): int(faults) for rule, faults, _ in found}


def _check_once(before: dict[str, int], after: dict[str, int], file_name: str) -> None:
    """What an import replaced comes back, but never beside what was set by hand since."""
    for rule, faults in after.items():
        if faults > before.get(rule, 0):
            raise Refused(
                f"What was set by hand since would stand beside what this import replaced: {rule}.",
                file_name,
                "Take that change back first in Settings, History; then undo the import.",
            )


def _take_back(cursor: Cursor, batch_id: str, entity: str, actor: str) -> tuple[str, ...]:
    """One import goes; the names that stay, being in use, come back."""
    at, (_, _, committed_at, *_) = audit.moment(cursor), _found(cursor, batch_id)
    taking = {"batch_id": batch_id, "undone_at": committed_at, "at": at}
    if entity in IN_TIME:
        _unpick(cursor, entity, taking)
    run(cursor, catalog.statements("undo"), taking)
    kept = run(cursor, catalog.statements("undo_kept")).fetchall()
    run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": at})
    derive_places(cursor, at)
    audit.record(cursor, actor, UndoImport(batch_id), at)
    return tuple(str(label) for (label,) in kept)


def _unpick(cursor: Cursor, entity: str, taking: dict[str, Any]) -> None:
    """Derive the versions of deals again, without this export or these events."""
    settled = {"reporting_currency": settings(cursor).get("reporting_currency", DOLLARS)}
    if entity == "deal":
        weaving.unpick(cursor, str(taking["batch_id"]), settled)
    else:
        run(cursor, catalog.statements("stage_history_leaving"), taking)
        weaving.rederive(cursor, settled)
    weaving.keep(cursor, taking | settled)


def _found(cursor: Cursor, batch_id: str) -> tuple[Any, ...]:
    found = run(cursor, catalog.statements("batch_by_id"), {"batch_id": batch_id}).fetchall()
    if not found:
        raise Refused(
            "There is no such import.",
            f"batch {batch_id}",
            "Copy the id from the list of imports on the Upload page.",
        )
    return tuple(found[0])


def _standing(cursor: Cursor, batch_id: str) -> tuple[str, str, list[Later]]:
    """What kind of import it is, its file, and those of another kind than deals on top of it."""
    entity, file_name, committed_at, undone_at, _ = _found(cursor, batch_id)
    if undone_at:
        raise Refused(
            f"This import was already taken back on {undone_at:%d %b %Y at %H:%M} UTC.",
            str(file_name),
            "Nothing to do.",
        )
    laters = [] if entity in IN_TIME else later_ones(cursor, entity, committed_at)
    return str(entity), str(file_name), laters
