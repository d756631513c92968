"""Whose coaching may somebody change, and which words may it hold?

The commands of coaching begin with "Coach": no number of another page moves by them. Their texts
stand in their own tables; the audit holds ids and values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor
from quarterdeck.domain.coaching import SKILLS
from quarterdeck.engine import Cursor, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Command = TypeVar("Command", bound=DataclassInstance)
LONGEST_LINE, LONGEST_TEXT = 300, 20_000


@dataclass(frozen=True)
class Sight:
    """What somebody is to whose coaching it is: who leads it, or that one themselves."""

    is_led: bool
    is_self: bool


def today(cursor: Cursor) -> date:
    """The day it is for the organisation."""
    found = run(cursor, catalog.statements("setting_value"), {"name": "time_zone"}).fetchall()
    return clock.today(found[0][0] if found else "UTC")


def day_of(cursor: Cursor, on: date | None) -> date:
    """The day that something is said to be of: today, unless an earlier one is named."""
    now = today(cursor)
    if on is not None and on > now:
        raise Refused(
            "That day is still to come.", f"{on:%-d %b %Y}", "Choose today or an earlier one."
        )
    return on or now


def check_coaches(cursor: Cursor, scope: Scope, person_id: str, *, leads: bool) -> Sight:
    """What the viewer is to somebody. Raises Refused, in the same words for an unknown person, for
    who neither leads their coaching nor, unless `leads` is asked for, is that one."""
    sight = sight_of(cursor, scope, person_id)
    if sight.is_led or (sight.is_self and not leads):
        return sight
    raise denied(
        scope,
        "coaching",
        Refused(
            "You do not lead this coaching.",
            person_id,
            "Choose somebody who reports to you, or ask their director.",
        ),
    )


def sight_of(cursor: Cursor, scope: Scope, person_id: str) -> Sight:
    about = scope.parameters() | {"person_id": person_id, "as_of": today(cursor)}
    found = run(cursor, catalog.statements("coach_sight"), about).fetchall()
    return Sight(*found[0]) if found else Sight(False, False)


def held(
    cursor: Cursor, scope: Scope, table: str, thing_id: str, *, leads: bool
) -> tuple[dict[str, Any], Sight]:
    """The current row of a thing of coaching by name, and what the viewer is to it.

    Raises Refused, in one and the same words, for one that is unknown and one that is not theirs.
    """
    row = known(cursor, table, thing_id)
    sight = sight_of(cursor, scope, row["person_id"]) if row else Sight(False, False)
    if row is None or not (sight.is_led or (sight.is_self and not leads)):
        raise missing(scope, table)
    return row, sight


def known(cursor: Cursor, table: str, thing_id: str) -> dict[str, Any] | None:
    found = run(cursor, catalog.statements(f"coach_{table}"), {"thing_id": thing_id})
    names = [name for (name, *_) in getattr(found, "description", ())]
    rows = found.fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else None


def missing(scope: Scope, table: str) -> Refused:
    refused = Refused("You can change no such entry.", table, "Look at the page again.")
    return denied(scope, "coaching", refused)


def write(cursor: Cursor, table: str, row: Mapping[str, Any], at: datetime) -> None:
    """The row anew, whole, in place of what stood under its id."""
    run(cursor, catalog.statements(f"coach_{table}_set"), {**row, "at": at})


def record(cursor: Cursor, scope: Scope, command: Command, at: datetime) -> None:
    """The audit entry: whatever is a text of somebody stays out of it."""
    texts = {one.name for one in fields(command) if one.metadata.get("is_text")}
    audit.record(cursor, actor(scope), replace(command, **dict.fromkeys(texts, "")), at)


def new_id(cursor: Cursor, table: str, person_id: str) -> str:
    """An id that no other entry has: of the same changes in the same order the same."""
    ((turn,),) = run(cursor, catalog.statements("plan_version")).fetchall()
    return sha256(f"{table} {person_id} {turn}".encode()).hexdigest()[:12]


def line(words: str, where: str, *, may_be_empty: bool = False) -> str:
    """One line without surplus space. Raises Refused where it is empty or too long."""
    said = " ".join("".join(one for one in words if one.isprintable() or one.isspace()).split())
    if not said and not may_be_empty:
        raise Refused(f"{where} is empty.", where, "Say in a few words what is meant.")
    return _short(said, where, LONGEST_LINE)


def text(words: str, where: str) -> str:
    """A text as it was written, without space around it. Raises Refused where it is too long."""
    return _short(words.replace("\x00", "").strip(), where, LONGEST_TEXT)


def _short(said: str, where: str, longest: int) -> str:
    if len(said) > longest:
        raise Refused(
            f"{where} is too long.",
            f"{len(said):,} of {longest:,} letters",
            "Keep what matters, and put the rest into a document of its own.",
        )
    return said


def check_skill(skill: str) -> None:
    if skill not in SKILLS:
        raise Refused(f"“{skill}” is no skill here.", "Skill", f"One of: {', '.join(SKILLS)}.")


def check_deal(cursor: Cursor, scope: Scope, deal_id: str | None) -> None:
    """A deal that is named must be one the viewer sees."""
    if deal_id is None:
        return
    about = scope.parameters() | {"deal_id": deal_id, "as_of": today(cursor)}
    ((seen,),) = run(cursor, catalog.statements("coach_deal_sight"), about).fetchall()
    if not seen:
        refused = Refused("There is no such deal in sight.", deal_id, "Choose one in the list.")
        raise denied(scope, "deal", refused)
