"""Who changed what, and when: written in the same transaction as the change itself."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from quarterdeck import catalog, clock, journal
from quarterdeck.engine import Cursor, run

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def moment(cursor: Cursor) -> datetime:
    """Now, but later than every change before: a moment names one change and no other."""
    ((last,),) = run(cursor, catalog.statements("audit_last_moment")).fetchall()
    now = clock.now()
    return max(now, last + timedelta(microseconds=1)) if last else now


def record(cursor: Cursor, actor: str, command: DataclassInstance, at: datetime) -> None:
    """Add one entry: ids and values, no note texts.

    Its audit_id is the version of the data that every cached answer is keyed on.
    """
    journal.note(
        "writing", command=type(command).__name__, batch=getattr(command, "batch_id", None)
    )
    payload = json.dumps(asdict(command), default=str, sort_keys=True)
    run(
        cursor,
        catalog.statements("audit_record"),
        {"at": at, "actor": actor, "command": type(command).__name__, "payload": payload},
    )
