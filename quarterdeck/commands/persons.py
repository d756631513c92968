"""What is known about a person, and which two people are one?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.commands.people import (
    check_account,
    check_kind_and_days,
    check_sees,
    named,
    person_name,
)
from quarterdeck.domain.naming import fold
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.placing import derive_places
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class ChangePerson:
    """All that is known about somebody, as it is from now on."""

    person_id: str
    person_name: str
    kind: str = "person"
    email: str | None = None
    region: str | None = None
    hired_on: date | None = None
    left_on: date | None = None
    base_zip: str | None = None
    seen: int | None = None


@dataclass(frozen=True)
class MergePeople:
    """The second is the first: whatever refers to the one refers to the other.

    The audit adds the name that is gone.
    """

    first_id: str
    second_id: str
    seen: int | None = None
    second_name: str = ""


def change_person(engine: DuckDBEngine, command: ChangePerson, *, scope: Scope) -> None:
    """Rename somebody or correct what is known; files that use the old name still find them."""
    command = _tidied(command)
    check_kind_and_days(command.person_name, command.kind, command.hired_on, command.left_on)
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, clock.today())
        if others := [
            each for each in named(cursor, command.person_name) if each != command.person_id
        ]:
            raise Refused(
                f"Somebody else is called {command.person_name}.",
                f"Name: {others[0]}",
                "Merge the two if they are one person, or add a sign that tells them apart.",
            )
        who = {"person_id": command.person_id}
        held = run(cursor, catalog.statements("person_held"), who).fetchall()
        if held and held[0][2] != command.email:
            check_account(cursor, scope, command.person_id)
        label = command.person_name
        check_unmoved(cursor, "person", command.person_id, label, command.seen)
        at = audit.moment(cursor)
        about = {
            "person_id": command.person_id,
            "person_name": command.person_name,
            "name_key": fold(command.person_name),
            "kind": command.kind,
            "email": command.email,
            "email_key": fold(command.email) if command.email else None,
            "region": command.region,
            "hired_on": command.hired_on,
            "left_on": command.left_on,
            "base_zip": command.base_zip,
            "at": at,
        }
        run(cursor, catalog.statements("person_change"), about)
        derive_places(cursor, at)
        audit.record(cursor, actor(scope), command, at)


def merge_people(engine: DuckDBEngine, command: MergePeople, *, scope: Scope) -> None:
    """Make two people one. Raises Refused for one and the same, and for a manager and a report."""
    both = {"first_id": command.first_id, "second_id": command.second_id}
    if command.first_id == command.second_id:
        raise Refused(
            "Nobody can be merged with themselves.", command.first_id, "Choose two people."
        )
    with engine.transaction() as cursor:
        for person_id in both.values():
            check_sees(cursor, scope, person_id, clock.today())
            check_account(cursor, scope, person_id)
            check_unmoved(cursor, "person", person_id, person_id, command.seen)
        _check_apart(cursor, both)
        about = {"person_id": command.second_id}
        name = str(run(cursor, catalog.statements("person_held"), about).fetchall()[0][0])
        at = audit.moment(cursor)
        run(cursor, catalog.statements("person_merge"), both | {"at": at})
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": at})
        derive_places(cursor, at)
        audit.record(cursor, actor(scope), replace(command, second_name=name), at)


def _check_apart(cursor: Cursor, both: dict[str, str]) -> None:
    ((above,),) = run(cursor, catalog.statements("stands_above"), both).fetchall()
    if above:
        raise Refused(
            "One of them reports to the other: as one person they would report to themselves.",
            f"{both['first_id']} and {both['second_id']}",
            "Give the lower one another manager first.",
        )


def _tidied(command: ChangePerson) -> ChangePerson:
    """The command without surplus space; an empty text is none."""
    return replace(
        command,
        person_name=person_name(command.person_name),
        email=_text(command.email),
        region=_text(command.region),
        base_zip=_text(command.base_zip),
    )


def _text(said: str | None) -> str | None:
    return " ".join((said or "").split()) or None
