"""What was said in a 1:1, and what is agreed to be done? Shared or for oneself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quarterdeck import audit, catalog
from quarterdeck.commands import coaching
from quarterdeck.commands.checking import check_unmoved
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

TEXT = {"is_text": True}
LONGEST_MINUTES = 600


@dataclass(frozen=True)
class CoachTalk:
    """A 1:1 that was held; without an id a new one. The private note is its author's alone."""

    person_id: str
    held_on: date
    minutes: int
    notes: str = field(default="", metadata=TEXT)
    private_note: str = field(default="", metadata=TEXT)
    is_shared: bool = True
    next_on: date | None = None
    session_id: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class CoachRead:
    """One's own private notes of somebody's talks were opened."""

    person_id: str


@dataclass(frozen=True)
class CoachAction:
    """Something to be done, by one of us (owner_id) or by somebody outside sales (owner_name)."""

    person_id: str
    what: str = field(default="", metadata=TEXT)
    owner_id: str = ""
    owner_name: str = field(default="", metadata=TEXT)
    due_on: date | None = None
    deal_id: str | None = None
    action_id: str = ""
    agreed_on: date | None = None
    seen: int | None = None


@dataclass(frozen=True)
class CoachDone:
    """An action is done, not done after all (None), or not wanted any more."""

    action_id: str
    done_on: date | None
    is_dropped: bool = False


@dataclass(frozen=True)
class Note:
    """What its author wrote for themselves."""

    session_id: str
    held_on: date
    note: str


def log_talk(engine: DuckDBEngine, command: CoachTalk, *, scope: Scope) -> str:
    """Write down a talk, or change one; its id.

    Raises Refused for who does not lead the coaching, a day to come, minutes that cannot be, and a
    text that is too long.
    """
    if not 0 < command.minutes <= LONGEST_MINUTES:
        raise Refused(
            f"A talk of {command.minutes:,} minutes?", "Minutes", f"From 1 to {LONGEST_MINUTES}."
        )
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, command.person_id, leads=True)
        _check_days(command, coaching.today(cursor))
        if command.session_id:
            before, _ = coaching.held(cursor, scope, "talk", command.session_id, leads=True)
            _check_own(scope, before, command.person_id)
            check_unmoved(cursor, "talk", command.session_id, "1:1", command.seen)
        session_id = command.session_id or coaching.new_id(cursor, "talk", command.person_id)
        row: dict[str, Any] = {
            "session_id": session_id,
            "person_id": command.person_id,
            "author_id": scope.viewer_id,
            "held_on": command.held_on,
            "minutes": command.minutes,
            "notes": coaching.text(command.notes, "Notes"),
            "is_shared": command.is_shared,
            "next_on": command.next_on,
        }
        at = audit.moment(cursor)
        coaching.write(cursor, "talk", row, at)
        if note := coaching.text(command.private_note, "Private note"):
            coaching.write(cursor, "note", row | {"note": note}, at)
        coaching.record(cursor, scope, command, at)
    return session_id


def own_notes(engine: DuckDBEngine, command: CoachRead, *, scope: Scope) -> list[Note]:
    """One's own private notes of somebody, newest first; each reading is told in the audit.

    Raises Refused for who does not lead the coaching.
    """
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, command.person_id, leads=True)
        about = {"person_id": command.person_id, "viewer_id": scope.viewer_id}
        rows = run(cursor, catalog.statements("coach_notes_own"), about).fetchall()
        coaching.record(cursor, scope, command, audit.moment(cursor))
    return [Note(*row) for row in rows]


def agree(engine: DuckDBEngine, command: CoachAction, *, scope: Scope) -> str:
    """Agree on something to do, or change it; its id.

    Raises Refused for who neither leads the coaching nor is that one, an action without words or
    without anybody to do it, and a deal out of sight.
    """
    what = coaching.line(command.what, "What is to be done")
    outside = coaching.line(command.owner_name, "Who does it", may_be_empty=True)
    if bool(outside) == bool(command.owner_id):
        raise Refused(
            "One name does it: one of the team, or somebody outside sales.",
            "Who does it",
            "Choose one, or enter one.",
        )
    with engine.transaction() as cursor:
        coaching.check_coaches(cursor, scope, command.person_id, leads=False)
        coaching.check_deal(cursor, scope, command.deal_id)
        before = _action_before(cursor, scope, command) if command.action_id else {}
        name = outside or _name_of(cursor, scope, command.owner_id)
        row = {
            "action_id": command.action_id or coaching.new_id(cursor, "action", command.person_id),
            "person_id": command.person_id,
            "author_id": scope.viewer_id,
            "what": what,
            "owner_id": command.owner_id,
            "owner_name": name,
            "deal_id": command.deal_id,
            "account_id": None,
            "agreed_on": before.get("agreed_on") or coaching.day_of(cursor, command.agreed_on),
            "due_on": command.due_on,
            "done_on": before.get("done_on"),
            "is_dropped": False,
        }
        at = audit.moment(cursor)
        coaching.write(cursor, "action", row, at)
        coaching.record(cursor, scope, command, at)
    return str(row["action_id"])


def settle_action(engine: DuckDBEngine, command: CoachDone, *, scope: Scope) -> None:
    """Say that an action is done, or is wanted no more: who leads, whose book it is, who does it.

    Raises Refused for anybody else and for a day to come.
    """
    with engine.transaction() as cursor:
        row = coaching.known(cursor, "action", command.action_id)
        does_it = bool(row and scope.viewer_id and row["owner_id"] == scope.viewer_id)
        if row is None or command.is_dropped or not does_it:
            row, _ = coaching.held(cursor, scope, "action", command.action_id, leads=False)
        if command.done_on and command.done_on > coaching.today(cursor):
            raise Refused(
                "That day is still to come.",
                f"{command.done_on:%-d %b %Y}",
                "Choose an earlier one.",
            )
        row |= {"done_on": command.done_on, "is_dropped": command.is_dropped}
        at = audit.moment(cursor)
        coaching.write(cursor, "action", row, at)
        coaching.record(cursor, scope, command, at)


def _check_days(command: CoachTalk, today: date) -> None:
    if command.held_on > today:
        raise Refused(
            "A talk is logged once it was held.",
            f"{command.held_on:%-d %b %Y}",
            "Enter its day as the next one, or choose an earlier day.",
        )
    if command.next_on and command.next_on <= command.held_on:
        raise Refused(
            "The next talk would come before this one.",
            f"{command.next_on:%-d %b %Y}",
            "Choose a later day.",
        )


def _check_own(scope: Scope, before: dict[str, Any], person_id: str) -> None:
    if before["author_id"] != scope.viewer_id or before["person_id"] != person_id:
        raise coaching.missing(scope, "talk")


def _action_before(cursor: Cursor, scope: Scope, command: CoachAction) -> dict[str, Any]:
    before, _ = coaching.held(cursor, scope, "action", command.action_id, leads=False)
    if before["person_id"] != command.person_id:
        raise coaching.missing(scope, "action")
    check_unmoved(cursor, "action", command.action_id, "Action", command.seen)
    return before


def _name_of(cursor: Cursor, scope: Scope, person_id: str) -> str:
    """The name of somebody whom the viewer sees, or who leads the viewer."""
    about = scope.parameters() | {"person_id": person_id, "as_of": coaching.today(cursor)}
    found = run(cursor, catalog.statements("coach_named"), about).fetchall()
    if not found:
        refused = Refused(
            "There is no such person in sight.", person_id, "Choose one, or enter a name."
        )
        raise denied(scope, "person", refused)
    return str(found[0][0])
