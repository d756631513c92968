"""Which days are worked? The list of a place, and the organisation's own days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck import audit, catalog
from quarterdeck.commands.checking import actor, check_may_settle, check_unmoved
from quarterdeck.domain.holidays import FIRST_DAY, LAST_DAY, USUAL, calendar, places
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

HOLIDAYS = "holidays"
LONGEST = 80


@dataclass(frozen=True)
class SetHolidays:
    """Whose holidays count: a country's code, or a state's, as US-WA; own days stay."""

    place: str
    seen: int | None = None


@dataclass(frozen=True)
class SetDayOff:
    """One day of the organisation's own: off for a reason, or worked where that is empty."""

    day: date
    reason: str
    seen: int | None = None


def set_holidays(engine: DuckDBEngine, command: SetHolidays, *, scope: Scope) -> None:
    """Write the working days anew. Raises Refused for a place that has no list."""
    check_may_settle(scope)
    if command.place not in places():
        raise Refused(
            f"There is no list of holidays for “{command.place}”.",
            "Holidays",
            "Write a country as US, a state as US-WA, or none.",
        )
    with engine.transaction() as cursor:
        check_unmoved(cursor, "setting", HOLIDAYS, "Holidays", command.seen)
        if command.place == _place(cursor):
            raise Refused("These holidays count already.", "Holidays", "Nothing to do.")
        at = audit.moment(cursor)
        setting = {"name": HOLIDAYS, "value": command.place, "batch_id": None, "at": at}
        run(cursor, catalog.statements("setting_record"), setting)
        _write(cursor, command.place, _own(cursor), at)
        audit.record(cursor, actor(scope), command, at)


def set_day_off(engine: DuckDBEngine, command: SetDayOff, *, scope: Scope) -> None:
    """Take a day off, or work it. Raises Refused for a day that is so already."""
    check_may_settle(scope)
    reason = " ".join(command.reason.split())
    if not FIRST_DAY <= command.day <= LAST_DAY or command.day.weekday() > 4:
        raise Refused(
            f"{command.day:%a %d %b %Y} is no day from Monday to Friday.",
            "Day",
            f"Choose one between {FIRST_DAY.year} and {LAST_DAY.year}.",
        )
    if len(reason) > LONGEST:
        raise Refused("The name is too long.", "Name", f"Write at most {LONGEST} letters.")
    with engine.transaction() as cursor:
        check_unmoved(cursor, "setting", HOLIDAYS, "Holidays", command.seen)
        place, own = _place(cursor), _own(cursor)
        changed = {**own, command.day: reason or None}
        if changed == own or _is_so(cursor, command.day, reason):
            raise Refused("The day is so already.", f"{command.day:%d %b %Y}", "Nothing to do.")
        at = audit.moment(cursor)
        _write(cursor, place, changed, at)
        audit.record(cursor, actor(scope), command, at)


def _write(cursor: Cursor, place: str, own: dict[date, str | None], at: object) -> None:
    days = calendar(place, own)
    columns = {
        "days_on": [day.on for day in days],
        "days_off": [day.off for day in days],
        "before": [day.before for day in days],
        "through": [day.through for day in days],
        "own": [day.is_own for day in days],
    }
    run(cursor, catalog.statements("holidays_set"), columns | {"at": at})


def _place(cursor: Cursor) -> str:
    found = run(cursor, catalog.statements("setting_value"), {"name": HOLIDAYS}).fetchall()
    return str(found[0][0]) if found else USUAL


def _own(cursor: Cursor) -> dict[date, str | None]:
    return dict(run(cursor, catalog.statements("days_own")).fetchall())


def _is_so(cursor: Cursor, day: date, reason: str) -> bool:
    ((off,),) = run(cursor, catalog.statements("day_off"), {"day": day}).fetchall()
    return (off or "") == reason
