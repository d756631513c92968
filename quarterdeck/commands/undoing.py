"""One change by hand is taken back: what it ended holds again, and nothing is deleted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import MAY_SETTLE, actor
from quarterdeck.commands.module_rules import check_taken_back, check_touched, modules_known
from quarterdeck.commands.people import check_sees
from quarterdeck.domain.naming import fold
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.placing import derive_places
from quarterdeck.refusal import Refused

OF_ONES_OWN = "LogActivity"
"""What everybody does for themselves, and takes back."""
ABOUT_PEOPLE = (
    *("AddPerson", "ChangePerson", "MergePeople", "SetCapacity", "SetCredit", "SetManager"),
    *("PublishRealignment", "SetObjective", "SetQuota", "SetQuotaMonths", "SetRole", OF_ONES_OWN),
)
ABOUT_MODULES = (
    *("CreateModule", "MergeModules", "MoveAccounts", "OneModuleEach", "RenameModule"),
    *("SetModuleOwner", "SplitModule"),
)
FOR_EVERYONE = (
    "ChangeReportingCurrency",
    "ChangeSetting",
    "SetDayOff",
    "SetFiscalYear",
    "SetHolidays",
    "SetRate",
    "SetStage",
)
UNDOABLE = (*ABOUT_PEOPLE, *ABOUT_MODULES, *FOR_EVERYONE, "UndoChange")
_NAMES = ("person_id", "manager_id", "first_id", "second_id")


@dataclass(frozen=True)
class UndoChange:
    """The audit's word for one change taken back."""

    audit_id: int


@dataclass(frozen=True)
class Entry:
    """One line of the audit: what was done, by whom and when."""

    audit_id: int
    at: datetime
    actor: str
    command: str
    payload: dict[str, Any]


def undo_change(engine: DuckDBEngine, audit_id: int, *, scope: Scope) -> None:
    """Give back what a change ended, in one transaction; taking an undo back works alike.

    Raises Refused for what is no change by hand, for one already taken back, and for one that a
    later change builds on.
    """
    with engine.transaction() as cursor:
        is_lead = scope.role in (*MAY_SETTLE, "director")
        _check_role(scope, is_allowed=is_lead or _did_it(cursor, scope, audit_id))
        entry = _entry(cursor, audit_id)
        stood = _check_may_undo(cursor, scope, entry)
        _check_standing(cursor, entry)
        before = _unsound(cursor)
        at = audit.moment(cursor)
        taking = {"undone_at": entry.at, "at": at}
        run(cursor, catalog.statements("undo_change"), taking)
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": at})
        derive_places(cursor, at)
        _check_sound(before, _unsound(cursor))
        if stood is not None:
            check_taken_back(cursor, scope, entry.at, stood)
        audit.record(cursor, actor(scope), UndoChange(audit_id), at)


def _entry(cursor: Cursor, audit_id: int) -> Entry:
    found = run(cursor, catalog.statements("audit_entry"), {"audit_id": audit_id}).fetchall()
    if not found or found[0][3] not in UNDOABLE:
        raise _no_such(audit_id)
    number, at, who, command, payload = found[0]
    return Entry(number, at, who, command, json.loads(payload))


def _did_it(cursor: Cursor, scope: Scope, audit_id: int) -> bool:
    """Whether an executive did this for themselves."""
    try:
        entry = _entry(cursor, audit_id)
        origin = _origin(cursor, entry)
    except Refused:
        return False
    own = (scope.viewer_id,) * 3
    return (
        scope.role == "executive"
        and origin.command == OF_ONES_OWN
        and (entry.actor, origin.actor, origin.payload["person_id"]) == own
    )


def _no_such(audit_id: int) -> Refused:
    return Refused(
        "This is no change that can be taken back here.",
        f"entry {audit_id}",
        "Choose one in the history of settings; imports are taken back on Upload.",
    )


def _check_may_undo(cursor: Cursor, scope: Scope, entry: Entry) -> frozenset[str] | None:
    """Directors and area directors take back what concerns their own people, and an area director
    what holds for everyone; of others' changes they learn nothing.

    Of a change of modules those that stand come back: it is looked at afterwards too.
    """
    origin = _origin(cursor, entry)
    is_own = origin.command == "AddPerson" and origin.actor == scope.viewer_id
    if scope.role in ("owner", "operations", "executive") or is_own:
        return None
    if origin.command in ABOUT_MODULES:
        try:
            return check_touched(cursor, scope, entry.at)
        except Refused as refused:
            raise _no_such(entry.audit_id) from refused
    if origin.command in FOR_EVERYONE:
        _check_role(scope, is_allowed=scope.role in MAY_SETTLE)
        return None
    people = [origin.payload[name] for name in _NAMES if origin.payload.get(name)]
    people += origin.payload.get("people") or []
    try:
        for person_id in people or [""]:
            check_sees(cursor, scope, str(person_id), clock.today())
    except Refused as refused:
        raise _no_such(entry.audit_id) from refused
    return None


def _check_role(scope: Scope, *, is_allowed: bool) -> None:
    if not is_allowed:
        raise denied(
            scope,
            "change",
            Refused(
                "Your role may not take this change back.",
                f"role: {scope.role}",
                "Ask sales operations or the area director.",
            ),
        )


def _origin(cursor: Cursor, entry: Entry) -> Entry:
    """What was done in the first place, behind any chain of undos."""
    while entry.command == "UndoChange":
        entry = _entry(cursor, int(entry.payload["audit_id"]))
    return entry


def _check_standing(cursor: Cursor, entry: Entry) -> None:
    about = {"audit_id": entry.audit_id, "undone_at": entry.at}
    undone = run(cursor, catalog.statements("undo_known"), about).fetchall()
    if undone:
        raise Refused(
            f"This change was already taken back on {_day(undone[0][1])}.",
            f"entry {entry.audit_id}",
            f"To bring it back, undo entry {undone[0][0]}.",
        )
    ((moment,),) = run(cursor, catalog.statements("undo_overlaid"), about).fetchall()
    if moment:
        raise _overlaid(cursor, entry, moment)
    ((touched,),) = run(cursor, catalog.statements("undo_touched"), about).fetchall()
    if not touched:
        raise Refused("This change altered nothing.", f"entry {entry.audit_id}", "Nothing to do.")


def _overlaid(cursor: Cursor, entry: Entry, moment: datetime) -> Refused:
    later, number = named_at(cursor, moment)
    return Refused(
        f"A later change of the same thing, {later}, builds on this one.",
        f"entry {entry.audit_id}: {entry.command}",
        f"Take back {number} first.",
    )


def named_at(cursor: Cursor, moment: datetime) -> tuple[str, str]:
    """The change of a moment, by whom and when, and how its entry is called."""
    found = run(cursor, catalog.statements("audit_at"), {"moment": moment}).fetchall()
    later = f"{found[0][3]} by {found[0][2]}" if found else "another change"
    return f"{later} on {_day(moment)}", f"entry {found[0][0]}" if found else "that"


def _unsound(cursor: Cursor) -> tuple[int, int, int]:
    ((circles, homeless),) = run(cursor, catalog.statements("undo_unsound")).fetchall()
    called = [fold(name) for name in modules_known(cursor).values()]
    return circles, homeless, len(called) - len(set(called))


def _check_sound(before: tuple[int, int, int], after: tuple[int, int, int]) -> None:
    if after[0] > before[0]:
        raise Refused(
            "Somebody would stand above themselves again.",
            "Reports to",
            "Change the later manager first, then take this back.",
        )
    if after[1] > before[1]:
        raise Refused(
            "Quotas set since would belong to months that no longer exist.",
            "Fiscal year",
            "Take those quotas back first, or set the fiscal year anew.",
        )
    if after[2] > before[2]:
        raise Refused(
            "Another module is called so by now.",
            "Name of the module",
            "Rename the other one first, then take this back.",
        )


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y at %H:%M} UTC"
