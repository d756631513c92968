"""May these accounts and modules change, from that day, under that name, by whoever asks?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quarterdeck import catalog, clock
from quarterdeck.commands.people import check_sees
from quarterdeck.commands.quotas import calendar_known
from quarterdeck.domain.calendar import day_label
from quarterdeck.domain.naming import fold, slug
from quarterdeck.engine import Cursor, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

LONGEST = 200
FOREVER = date(9999, 12, 31)
ASK = "Ask the area director or sales operations."


@dataclass(frozen=True)
class Day:
    """From when on a change holds, on which day it is made, and what is to be said of that."""

    from_on: date
    today: date
    note: str = ""


def today_known(cursor: Cursor) -> date:
    """The day it is where the organisation is."""
    found = run(cursor, catalog.statements("setting_value"), {"name": "time_zone"}).fetchall()
    return clock.today(found[0][0] if found else "UTC")


def check_day(cursor: Cursor, from_on: date) -> Day:
    """What was so in a closed quarter stays; a day of this one that is over is said.

    Raises Refused for a day before the fiscal quarter that holds today.
    """
    today = today_known(cursor)
    first = calendar_known(cursor).quarter_of(today).from_on
    if from_on < first:
        raise Refused(
            f"{day_label(from_on)} lies in a quarter that is closed: what was so then stays.",
            "From",
            f"Choose {day_label(first)} or a later day.",
        )
    if from_on >= FOREVER:
        raise Refused("That day never comes.", "From", "Choose an earlier one.")
    if from_on >= today:
        return Day(from_on, today)
    over = f"It is so from {day_label(from_on)}: what this quarter’s pages show of the days since"
    return Day(from_on, today, f"{over} then is another.")


def module_name(text: str) -> str:
    """The name on one line, without surplus space. Raises Refused for none and a long one."""
    name = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if not name:
        raise Refused("A module needs a name.", "Name", "Type it and save again.")
    if len(name) > LONGEST:
        raise Refused(
            f"The name has {len(name):,} letters.", "Name", f"Shorten it to {LONGEST} letters."
        )
    return name


def modules_known(cursor: Cursor) -> dict[str, str]:
    """The name of every module that stands, by its id."""
    found = run(cursor, catalog.statements("modules_known")).fetchall()
    return {str(module_id): str(name) for module_id, name in found if name is not None}


def check_free(known: dict[str, str], name: str, module_id: str = "") -> None:
    """No other module is called so, nor is found under the name by a file.

    Raises Refused with the name of the one that is.
    """
    for other, called in known.items():
        if other != module_id and (other == slug(name) or fold(called) == fold(name)):
            said = "is called so" if fold(called) == fold(name) else "was called so first"
            raise Refused(
                f"Another module {said}: {called}.",
                f"Name: {name}",
                "Choose another name, or change that module.",
            )


def check_owner(cursor: Cursor, scope: Scope, person_id: str, from_on: date) -> None:
    """Somebody in sight who is still there on the day; '' is nobody."""
    if not person_id:
        return
    check_sees(cursor, scope, person_id, from_on)
    about = {"person_id": person_id}
    ((name, *_, left_on, _),) = run(cursor, catalog.statements("person_held"), about).fetchall()
    if left_on and left_on < from_on:
        raise Refused(
            f"{name} left on {day_label(left_on)}.",
            f"From {day_label(from_on)}",
            "Choose somebody who is there on that day, or an earlier day.",
        )


def check_sight(
    cursor: Cursor, scope: Scope, accounts: Sequence[str], modules: Sequence[str], from_on: date
) -> None:
    """Whoever holds these from the day on is in sight, before anything is changed.

    Raises Refused for what is unknown and what is out of sight in the same words, and where
    somebody out of sight has one of them from a later day.
    """
    first, *later = _days(cursor, accounts, modules, from_on)
    states = _states(cursor, scope, accounts, modules, first)
    _refuse_unknown(scope, states, ("unknown", "unseen"))
    nothing = {thing for thing, state in states if state == "nothing"}
    for day in later:
        states = _states(cursor, scope, accounts, modules, day)
        nothing -= {thing for thing, state in states if state == "seen"}
        if unseen := [thing for thing, state in states if state == "unseen"]:
            raise denied(
                scope,
                "module",
                Refused(
                    f"Somebody out of your sight has {_some(unseen)} from {day_label(day)}.",
                    _where(unseen),
                    ASK,
                ),
            )
    _refuse_unknown(scope, [(thing, "nothing") for thing in sorted(nothing)], ("nothing",))


def check_held(
    cursor: Cursor, scope: Scope, accounts: Sequence[str], modules: Sequence[str], from_on: date
) -> None:
    """Whoever holds these after a change is in sight too. Raises Refused otherwise."""
    for day in _days(cursor, accounts, modules, from_on):
        states = _states(cursor, scope, accounts, modules, day)
        if unseen := [thing for thing, state in states if state == "unseen"]:
            raise denied(
                scope,
                "module",
                Refused(
                    f"Somebody out of your sight, or nobody, would have {_some(unseen)} "
                    f"from {day_label(day)}.",
                    _where(unseen),
                    f"Choose somebody of your team. {ASK}",
                ),
            )


def check_told(
    cursor: Cursor, scope: Scope, accounts: Sequence[str], modules: Sequence[str], from_on: date
) -> None:
    """The same where modules are new: each is somebody's, or something in sight lies in it.

    Raises Refused for one that whoever made it would not see.
    """
    check_held(cursor, scope, accounts, modules, from_on)
    days = _days(cursor, accounts, modules, from_on)
    states = [each for day in days for each in _states(cursor, scope, (), modules, day)]
    if {thing for thing, state in states if state == "seen"} < {thing for thing, _ in states}:
        raise Refused(
            "A module of nobody with nothing in it would be out of your sight.",
            "Owner",
            "Say whose it is, or which accounts of your team lie in it.",
        )


def check_touched(cursor: Cursor, scope: Scope, moment: datetime) -> frozenset[str]:
    """The modules that stand of those that a change of a moment touched: all of it is in sight.

    Raises Refused otherwise.
    """
    accounts, modules = _touched(cursor, moment)
    check_sight(cursor, scope, accounts, modules, today_known(cursor))
    return frozenset(modules)


def check_taken_back(cursor: Cursor, scope: Scope, moment: datetime, stood: frozenset[str]) -> None:
    """What a change of a moment touched is in sight after it was taken back, modules too that did
    not stand before. Raises Refused otherwise."""
    accounts, modules = _touched(cursor, moment)
    today = today_known(cursor)
    check_held(cursor, scope, accounts, modules, today)
    check_told(cursor, scope, (), [each for each in modules if each not in stood], today)


def _touched(cursor: Cursor, moment: datetime) -> tuple[list[str], list[str]]:
    found = run(cursor, catalog.statements("modules_touched"), {"undone_at": moment}).fetchall()
    known = modules_known(cursor)
    accounts = [str(thing) for kind, thing in found if kind == "account"]
    return accounts, [str(thing) for kind, thing in found if kind == "module" and thing in known]


Thing = tuple[str, str]
"""What kind it is of, account or module, and its id."""


def _days(
    cursor: Cursor, accounts: Sequence[str], modules: Sequence[str], from_on: date
) -> list[date]:
    """The day, and every later one on which any of these gets into other hands."""
    about = {"account_ids": list(accounts), "module_ids": list(modules), "from_on": from_on}
    return [day for (day,) in run(cursor, catalog.statements("modules_turns"), about).fetchall()]


def _states(
    cursor: Cursor, scope: Scope, accounts: Sequence[str], modules: Sequence[str], day: date
) -> list[tuple[Thing, str]]:
    """For each module, and each account out of sight: unknown, unseen, nothing or seen."""
    asking = {"account_ids": list(accounts), "module_ids": list(modules), "day": day}
    steps = catalog.statements("modules_sight")
    found = run(cursor, steps, scope.parameters() | asking).fetchall()
    return [((str(kind), str(thing)), str(state)) for kind, thing, state in found]


def _refuse_unknown(scope: Scope, states: Iterable[tuple[Thing, str]], bad: Sequence[str]) -> None:
    if lacking := [thing for thing, state in states if state in bad]:
        raise denied(
            scope,
            lacking[0][0],
            Refused(
                f"There is no such {lacking[0][0]} in your sight.",
                _where(lacking),
                "Choose one that was found, or ask the area director.",
            ),
        )


def _some(things: Sequence[Thing]) -> str:
    kind = things[0][0]
    return f"this {kind}" if len(things) == 1 else f"{len(things):,} of these"


def _where(things: Sequence[Thing]) -> str:
    more = f" and {len(things) - 1:,} more" if len(things) > 1 else ""
    return f"{things[0][1]}{more}"
