"""How much of a whole position does somebody fill? Leaves, part time, ramps, dated and audited."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.commands.people import check_sees
from quarterdeck.domain.capacity import KINDS, RAMP, Position, Spell, ramp_in
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class SetCapacity:
    """From a day until before another somebody fills this share of a position, 0 to 1."""

    person_id: str
    kind: str
    share: Decimal
    from_on: date
    until_on: date = FOREVER
    seen: int | None = None


def set_capacity(engine: DuckDBEngine, command: SetCapacity, *, scope: Scope) -> None:
    """Say it for these days; a share of 1 takes back what was said for them.

    Raises Refused for a share beyond 0 to 1, days in the wrong order and an unknown kind.
    """
    _check(command)
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, command.from_on)
        check_unmoved(cursor, "capacity", command.person_id, command.person_id, command.seen)
        at = audit.moment(cursor)
        setting = {
            "person_id": command.person_id,
            "kind": command.kind,
            "share": command.share,
            "from_on": command.from_on,
            "until_on": command.until_on,
            "at": at,
        }
        run(cursor, catalog.statements("capacity_set"), setting)
        audit.record(cursor, actor(scope), command, at)


def positions_known(cursor: Cursor) -> dict[str, Position]:
    """The days on the team and the spells of all of whom any is known, by person_id."""
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in run(cursor, catalog.statements("positions_known")).fetchall():
        rows[row[0]].append(row)
    return {
        person_id: Position(
            of_one[0][1],
            of_one[0][2],
            tuple(Spell(*row[3:]) for row in of_one if row[3] is not None),
        )
        for person_id, of_one in rows.items()
    }


def ramp_known(cursor: Cursor) -> tuple[int, ...]:
    """The percentages of a new executive's first months; none until settled."""
    found = run(cursor, catalog.statements("setting_value"), {"name": RAMP}).fetchall()
    return ramp_in(found[0][0] if found else None) or ()


def _check(command: SetCapacity) -> None:
    if command.kind not in KINDS:
        raise Refused(f"“{command.kind}” is no kind.", "Kind", f"One of: {', '.join(KINDS)}.")
    if not 0 <= command.share <= 1:
        raise Refused(
            f"Nobody fills {command.share:.0%} of a position.", "Share", "Enter 0 to 100 %."
        )
    if command.until_on <= command.from_on:
        raise Refused(
            f"It would end on {command.until_on}, before it begins on {command.from_on}.",
            "Days",
            "Correct one of the two days.",
        )
