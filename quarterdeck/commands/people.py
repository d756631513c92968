"""Who is on the team, in which role, and who reports to whom: every change dated and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quarterdeck import audit, catalog
from quarterdeck.domain.naming import fold, slug
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused

ROLES = ("executive", "director", "area_director", "operations")
MAY_CHANGE = ("owner", "operations", "area_director", "director")


@dataclass(frozen=True)
class AddPerson:
    """Somebody whom no file names: most often the director."""

    person_name: str
    email: str | None = None


@dataclass(frozen=True)
class SetRole:
    person_id: str
    role: str
    from_on: date


@dataclass(frozen=True)
class SetManager:
    """Whom somebody reports to from a day on; None for nobody."""

    person_id: str
    manager_id: str | None
    from_on: date


def add_person(engine: DuckDBEngine, command: AddPerson, *, scope: Scope) -> str:
    """The id of the new person. Raises Refused for an empty name and one that is taken."""
    name = " ".join(command.person_name.split())
    if not name:
        raise Refused("A person needs a name.", "Name", "Type it and save again.")
    check_may_change(scope)
    with engine.transaction() as cursor:
        if _named(cursor, name):
            raise Refused(f"{name} is on the team already.", "Name", "Choose the name in the list.")
        at = audit.moment(cursor)
        person_id = slug(name)
        adding = {
            "person_id": person_id,
            "person_name": name,
            "name_key": fold(name),
            "email": command.email or None,
            "at": at,
        }
        run(cursor, catalog.statements("person_add"), adding)
        run(cursor, catalog.statements("people_derive"), {"batch_id": None, "at": at})
        audit.record(cursor, scope.viewer_id or scope.role, command, at)
    return person_id


def set_role(engine: DuckDBEngine, command: SetRole, *, scope: Scope) -> None:
    """Give somebody a role: what was only assumed is replaced, what was named ends on the day."""
    if command.role not in ROLES:
        raise Refused(f"{command.role} is no role.", "Role", f"One of: {', '.join(ROLES)}.")
    with engine.transaction() as cursor:
        check_sees(cursor, scope, command.person_id, command.from_on)
        at = audit.moment(cursor)
        setting = _dated(command.from_on, at) | {
            "person_id": command.person_id,
            "role": command.role,
        }
        run(cursor, catalog.statements("role_set"), setting)
        run(cursor, catalog.statements("role_shift"), setting)
        audit.record(cursor, scope.viewer_id or scope.role, command, at)


def set_manager(engine: DuckDBEngine, command: SetManager, *, scope: Scope) -> None:
    """Say whom somebody reports to. Raises Refused for a circle of managers."""
    with engine.transaction() as cursor:
        for person_id in filter(None, (command.person_id, command.manager_id)):
            check_sees(cursor, scope, person_id, command.from_on)
        _check_no_circle(cursor, command)
        at = audit.moment(cursor)
        setting = _dated(command.from_on, at) | {
            "person_id": command.person_id,
            "manager_id": command.manager_id,
        }
        for step in ("manager_set", "manager_shift", "people_derive"):
            run(cursor, catalog.statements(step), setting)
        audit.record(cursor, scope.viewer_id or scope.role, command, at)


def check_may_change(scope: Scope) -> None:
    if scope.role not in MAY_CHANGE:
        raise Refused(
            "Your role may not change the team.",
            f"role: {scope.role}",
            "Ask your director or sales operations.",
        )


def check_sees(cursor: Cursor, scope: Scope, person_id: str, on: date) -> None:
    """Nobody changes what they may not see; an unknown person is refused in the same words."""
    check_may_change(scope)
    asking = scope.parameters() | {"as_of": on, "person_id": person_id}
    ((seen,),) = run(cursor, catalog.statements("is_seen"), asking).fetchall()
    if not seen:
        raise Refused(
            "There is no such person on your team.",
            person_id,
            "Choose somebody in the list, or ask the area director.",
        )


def _named(cursor: Cursor, name: str) -> bool:
    return bool(run(cursor, catalog.statements("person_named"), {"words": name}).fetchall())


def _check_no_circle(cursor: Cursor, command: SetManager) -> None:
    about = {"person_id": command.person_id, "manager_id": command.manager_id}
    ((below,),) = run(cursor, catalog.statements("reports_of"), about).fetchall()
    if below:
        raise Refused(
            "Nobody can report to somebody below them, or to themselves.",
            f"{command.person_id} → {command.manager_id}",
            "Choose another manager, or change that one's manager first.",
        )


def _dated(from_on: date, at: object) -> dict[str, object]:
    return {"from_on": from_on, "at": at, "batch_id": None, "origin": "command"}
