"""As whom is the demo team looked at? Only said, so that the record shows it."""

from __future__ import annotations

from dataclasses import dataclass

from quarterdeck import audit
from quarterdeck.commands.checking import actor
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class ViewedAs:
    """From now on the page shows what this person sees, in this role."""

    person_id: str
    role: str


def view_as(engine: DuckDBEngine, command: ViewedAs, *, scope: Scope) -> None:
    """Put into the record who looks as whom. Raises Refused for all but the database's owner."""
    if scope.role != "owner":
        raise denied(
            scope,
            "view",
            Refused(
                "Only the owner may look with another's eyes.",
                f"role: {scope.role}",
                "Ask the owner.",
            ),
        )
    with engine.transaction() as cursor:
        audit.record(cursor, actor(scope), command, audit.moment(cursor))
