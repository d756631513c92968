"""What does somebody set out to do each day, week, month, quarter or year? Dated and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.commands.people import check_sees
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

PIPELINE = "new pipeline"
EVERY = ("day", "week", "month", "quarter", "year")
MOST = Decimal("1e13")
LONGEST = 40


@dataclass(frozen=True)
class SetObjective:
    """So many activities of a kind, or so many dollars of new pipeline, each span of time."""

    person_id: str
    kind: str
    every: str
    target: Decimal
    from_on: date
    seen: int | None = None


def set_objective(engine: DuckDBEngine, command: SetObjective, *, scope: Scope) -> None:
    """It holds from `from_on` until another is set; 0 ends it.

    Raises Refused for a negative or endless target, an unknown span and a kind without a name.
    """
    _check(command)
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, command.from_on)
        check_unmoved(cursor, "objective", command.person_id, command.person_id, command.seen)
        at = audit.moment(cursor)
        setting = {
            "person_id": command.person_id,
            "kind": command.kind.strip(),
            "every": command.every,
            "target": command.target,
            "from_on": command.from_on,
            "at": at,
        }
        run(cursor, catalog.statements("objective_set"), setting)
        audit.record(cursor, actor(scope), command, at)


def _check(command: SetObjective) -> None:
    if command.every not in EVERY:
        raise Refused(f"“{command.every}” is no span.", "Each", f"One of: {', '.join(EVERY)}.")
    if not 0 < len(command.kind.strip()) <= LONGEST:
        raise Refused(
            "An objective needs a kind.", "Kind", f"Choose one, of at most {LONGEST} letters."
        )
    if not command.target.is_finite() or not 0 <= command.target <= MOST:
        raise Refused(
            f"An objective cannot be {command.target:,.2f}.",
            "Target",
            "Enter a number from 0 to 10,000,000,000,000; 0 ends it.",
        )
    if command.kind.strip() != PIPELINE and command.target % 1:
        raise Refused(
            f"{command.target} {command.kind} cannot be counted.", "Target", "Enter a whole number."
        )
