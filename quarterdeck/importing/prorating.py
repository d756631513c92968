"""Is a quota of a year or quarter for a whole position, although somebody fills less of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from quarterdeck import catalog
from quarterdeck.commands.capacity import positions_known, ramp_known
from quarterdeck.commands.quotas import calendar_known
from quarterdeck.domain.capacity import shares
from quarterdeck.engine import Cursor, run
from quarterdeck.importing.questions import Question
from quarterdeck.refusal import Refused

QUESTION = "prorate"
AS_IT_IS, PRORATED = "as they are", "pro-rated"
WHOLE = 1_000_000


def answer(given: Mapping[str, str]) -> bool | None:
    """What was said to the question; None where nothing was."""
    said = given.get(QUESTION)
    if said is None:
        return None
    if said not in (AS_IT_IS, PRORATED):
        raise Refused(
            f'"{said}" is not one of the choices.',
            f"Question {QUESTION}",
            f"Answer with one of: {AS_IT_IS}; {PRORATED}.",
        )
    return said == PRORATED


def parts(cursor: Cursor, months: Sequence[date]) -> dict[str, Any]:
    """Who fills less than a whole position in which of these months: parallel lists."""
    known, ramp = calendar_known(cursor), ramp_known(cursor)
    days = sorted(set(months))
    found: dict[str, list[Any]] = {"part_people": [], "part_months": [], "parts": []}
    for person_id, position in positions_known(cursor).items():
        for day, share in zip(days, shares(known, days, position, ramp), strict=True):
            if share < 1:
                found["part_people"].append(person_id)
                found["part_months"].append(day)
                found["parts"].append(int(share * WHOLE))
    return dict(found)


def asked(
    cursor: Cursor, parameters: dict[str, Any], said: bool | None
) -> tuple[dict[str, Any], ...]:
    """The question, where it makes a difference and nobody has answered it."""
    if said is not None or not parameters["parts"]:
        return ()
    found = run(cursor, catalog.statements("quota_parted"), parameters).fetchall()
    if not found:
        return ()
    name, people = found[0]
    who = f"{name} fills" if people == 1 else f"{name} and {people - 1} more fill"
    question = Question(
        QUESTION,
        f"{who} less than a whole position in some months of these quotas (a late start, a leave, "
        "part time or a ramp). Do the quotas count as they are, or are they for a whole position "
        "and count pro-rated?",
        (AS_IT_IS, PRORATED),
        AS_IT_IS,
    )
    return (question.document(),)
