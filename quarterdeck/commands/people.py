"""Who is on the team, in which role, and who reports to whom: every change dated and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor, check_unmoved
from quarterdeck.domain.naming import fold, slug
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope, denied
from quarterdeck.placing import derive_places
from quarterdeck.refusal import Refused

ROLES = ("executive", "director", "area_director", "operations")
MAY_CHANGE = ("owner", "operations", "area_director", "director")
MAY_GIVE = {
    "operations": ("owner", "operations"),
    "area_director": ("owner", "operations", "area_director"),
}
"""Who may give a role that sees more than a team; the others everyone who may change the team."""
KINDS = ("person", "seat")
"""A seat is a place on the team that nobody holds yet."""


@dataclass(frozen=True)
class AddPerson:
    """Somebody whom no file names: most often the director, or a vacant seat."""

    person_name: str
    email: str | None = None
    kind: str = "person"
    region: str | None = None
    base_zip: str | None = None
    hired_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class SetRole:
    person_id: str
    role: str
    from_on: date
    seen: int | None = None


@dataclass(frozen=True)
class SetManager:
    """Whom somebody reports to from a day on; None for nobody."""

    person_id: str
    manager_id: str | None
    from_on: date
    seen: int | None = None


def add_person(engine: DuckDBEngine, command: AddPerson, *, scope: Scope) -> str:
    """The id of the new person. Raises Refused for an empty name and one that is taken."""
    name = person_name(command.person_name)
    check_kind_and_days(name, command.kind, command.hired_on, command.left_on)
    check_may_change(scope)
    with engine.transaction() as cursor:
        if named(cursor, name):
            raise Refused(f"{name} is on the team already.", "Name", "Choose the name in the list.")
        at = audit.moment(cursor)
        person_id = _new_id(cursor, name)
        email = command.email or None
        adding = {
            "person_id": person_id,
            "person_name": name,
            "kind": command.kind,
            "name_key": fold(name),
            "email": email,
            "email_key": fold(email) if email else None,
            "region": command.region or None,
            "hired_on": command.hired_on,
            "left_on": command.left_on,
            "base_zip": command.base_zip or None,
            "at": at,
        }
        run(cursor, catalog.statements("person_add"), adding)
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": at})
        derive_places(cursor, at)
        audit.record(cursor, actor(scope), command, at)
    return person_id


def set_role(engine: DuckDBEngine, command: SetRole, *, scope: Scope) -> None:
    """Give somebody a role: what was only assumed is replaced, what was named ends on the day."""
    if command.role not in ROLES:
        raise Refused(f"{command.role} is no role.", "Role", f"One of: {', '.join(ROLES)}.")
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, command.from_on)
        check_may_give(scope, command.person_id, command.role)
        check_unmoved(cursor, "role", command.person_id, command.person_id, command.seen)
        at = audit.moment(cursor)
        setting = _dated(command.from_on, at) | {
            "person_id": command.person_id,
            "role": command.role,
        }
        run(cursor, catalog.statements("role_set"), setting)
        run(cursor, catalog.statements("role_shift"), setting)
        audit.record(cursor, actor(scope), command, at)


def set_manager(engine: DuckDBEngine, command: SetManager, *, scope: Scope) -> None:
    """Say whom somebody reports to. Raises Refused for a circle of managers."""
    with engine.transaction() as cursor:
        for person_id in filter(None, (command.person_id, command.manager_id)):
            check_sees(cursor, scope, person_id, command.from_on)
        _check_no_circle(cursor, command)
        check_unmoved(cursor, "manager", command.person_id, command.person_id, command.seen)
        at = audit.moment(cursor)
        setting = _dated(command.from_on, at) | {
            "person_id": command.person_id,
            "manager_id": command.manager_id,
        }
        for step in ("manager_set", "manager_shift", "people_derive"):
            run(cursor, catalog.statements(step), setting)
        _check_no_circle_ever(cursor, command)
        audit.record(cursor, actor(scope), command, at)


def check_may_change(scope: Scope) -> None:
    if scope.role not in MAY_CHANGE:
        raise denied(
            scope,
            "team",
            Refused(
                "Your role may not change the team.",
                f"role: {scope.role}",
                "Ask your director or sales operations.",
            ),
        )


def check_sees(cursor: Cursor, scope: Scope, person_id: str, on: date) -> None:
    """Nobody changes what they may not see; an unknown person is refused in the same words.

    What holds from a past day holds today too: whoever has left the team since is out of sight.
    """
    check_may_change(scope)
    days = {on, max(on, clock.today())}
    about = scope.parameters() | {"person_id": person_id}
    steps = catalog.statements("is_seen")
    if not all(run(cursor, steps, about | {"as_of": day}).fetchall()[0][0] for day in days):
        raise denied(
            scope,
            "person",
            Refused(
                "There is no such person on your team.",
                person_id,
                "Choose somebody in the list, or ask the area director.",
            ),
        )


def check_may_give(scope: Scope, person_id: str, role: str) -> None:
    """Nobody gives a role that sees more than they do, nor changes their own."""
    if scope.viewer_id != "" and person_id == scope.viewer_id:
        raise _no_role(scope, "Nobody changes their own role.", role)
    _check_role(scope, role)


def check_account(cursor: Cursor, scope: Scope, person_id: str) -> None:
    """Whose second role the viewer may not give, their account is not the viewer's to change: else
    it could be led to somebody else who then has that role."""
    known = run(cursor, catalog.statements("access_known"), {"person_id": person_id}).fetchall()
    if known and known[0][1]:
        _check_role(scope, str(known[0][1]))


def _check_role(scope: Scope, role: str) -> None:
    if scope.role not in MAY_GIVE.get(role, MAY_CHANGE):
        raise _no_role(scope, "Your role may not give this one.", role)


def _no_role(scope: Scope, what: str, role: str) -> Refused:
    refused = Refused(what, f"role: {role}", "Ask sales operations or the owner.")
    return denied(scope, "role", refused)


def person_name(text: str) -> str:
    """The name without surplus space. Raises Refused for an empty one."""
    name = " ".join(text.split())
    if not name:
        raise Refused("A person needs a name.", "Name", "Type it and save again.")
    return name


def check_kind_and_days(name: str, kind: str, hired_on: date | None, left_on: date | None) -> None:
    if kind not in KINDS:
        raise Refused(f"“{kind}” is no kind of person.", name, f"One of: {', '.join(KINDS)}.")
    if hired_on and left_on and left_on < hired_on:
        raise Refused(
            f"{name} cannot have left on {left_on}, before being hired on {hired_on}.",
            "Left on",
            "Correct one of the two days.",
        )


def named(cursor: Cursor, name: str) -> list[str]:
    """The ids of those who are called so."""
    found = run(cursor, catalog.statements("person_named"), {"words": name}).fetchall()
    return [str(person_id) for person_id, _ in found]


def _new_id(cursor: Cursor, name: str) -> str:
    """An id made of the name that nobody has, and nobody ever had."""
    taken = {str(each) for (each,) in run(cursor, catalog.statements("person_ids")).fetchall()}
    ids = (slug(name), *(f"{slug(name)}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in ids if each not in taken)


def _check_no_circle(cursor: Cursor, command: SetManager) -> None:
    about = {"person_id": command.person_id, "manager_id": command.manager_id}
    ((below,),) = run(cursor, catalog.statements("reports_of"), about).fetchall()
    if below:
        raise Refused(
            "Nobody can report to somebody below them, or to themselves.",
            f"{command.person_id} → {command.manager_id}",
            "Choose another manager, or change that one's manager first.",
        )


def _check_no_circle_ever(cursor: Cursor, command: SetManager) -> None:
    ((circles, _),) = run(cursor, catalog.statements("undo_unsound")).fetchall()
    if circles:
        raise Refused(
            "They would report to each other in a circle on some days.",
            f"{command.person_id} → {command.manager_id} from {command.from_on}",
            "Choose a later day, or give the other one another manager for those days first.",
        )


def _dated(from_on: date, at: object) -> dict[str, object]:
    return {"from_on": from_on, "at": at, "batch_id": None, "origin": "command"}
