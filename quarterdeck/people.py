"""Who is asking, and what may they see?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quarterdeck import catalog, journal
from quarterdeck.engine import Engine
from quarterdeck.refusal import Refused

POLICY = 2
"""Moves when the rules of sight change, so that no answer cached under old rules is shown."""


@dataclass(frozen=True)
class Scope:
    """One viewer in one role; which people that shows is decided by the day, in _scope.sql."""

    viewer_id: str
    role: str
    policy: int = POLICY

    def parameters(self) -> dict[str, Any]:
        return {"viewer_id": self.viewer_id, "viewer_role": self.role}


OWNER = Scope("", "owner")
"""Whoever runs the product on their own machine: sees everything, rows without an owner too."""

NOBODY = Scope("", "nobody")
"""Sees nothing: what a viewer without a role is."""

MAY_IMPORT = ("owner", "operations")
"""Who sees everyone: a file may hold anybody's rows, and its preview shows what they replace."""


def denied(scope: Scope, thing: str, refused: Refused) -> Refused:
    """The refusal, with a line in the log: who in which role reached for what kind of thing."""
    journal.note("denied", viewer=scope.viewer_id, role=scope.role, thing=thing)
    return refused


class PersonUnknown(LookupError):
    """Nobody, or more than one, answers to those words; the message says which."""


def scope_of(engine: Engine, words: str, on: date) -> Scope:
    """The scope of the one person with this id, e-mail or exact name, in their role of that day."""
    found = engine.rows(catalog.load("viewer"), {"words": words, "as_of": on})
    if len(found) != 1:
        many = f"{len(found)} people answer" if found else "Nobody answers"
        raise PersonUnknown(f"{many} to “{words}”. Give a person's id, e-mail or exact name.")
    person_id, _, role = found[0]
    return Scope(str(person_id), str(role or "nobody"))
