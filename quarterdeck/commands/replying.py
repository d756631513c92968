"""What does somebody say to what was shared with them?"""

from __future__ import annotations

from dataclasses import dataclass, field

from quarterdeck import audit
from quarterdeck.commands import coaching
from quarterdeck.engine import DuckDBEngine
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

TALK, SCORE = "talk", "score"


@dataclass(frozen=True)
class CoachReply:
    """Their word on a shared talk or score, in place of an earlier one; empty takes it back."""

    kind: str
    thing_id: str
    answer: str = field(default="", metadata={"is_text": True})


def reply(engine: DuckDBEngine, command: CoachReply, *, scope: Scope) -> None:
    """Raises Refused for anybody but whom it is about, in the same words for what is not shared
    with them and what is not there; another kind than a talk or a score; a text too long."""
    if command.kind not in (TALK, SCORE):
        raise Refused(f"“{command.kind}” is not answered.", "Kind", f"One of: {TALK}, {SCORE}.")
    said = coaching.text(command.answer, "Your answer")
    with engine.transaction() as cursor:
        row, sight = coaching.held(cursor, scope, command.kind, command.thing_id, leads=False)
        if not row["is_shared"] and not sight.is_led:
            raise coaching.missing(scope, command.kind)
        if not sight.is_self:
            refused = Refused(
                "Only whom it is about answers it.", "Answer", "Talk about it in the next 1:1."
            )
            raise denied(scope, "coaching", refused)
        at = audit.moment(cursor)
        answer = {
            "thing_id": command.thing_id,
            "person_id": row["person_id"],
            "answer": said,
            "answered_on": coaching.today(cursor),
        }
        coaching.write(cursor, "answer", answer, at)
        coaching.record(cursor, scope, command, at)
