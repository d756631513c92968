"""Somebody tries a command on what is not theirs: is it refused, and in the words of nothing?"""

from __future__ import annotations

from collections.abc import Mapping

from quarterdeck.people import Scope
from quarterdeck.refusal import Refused
from tests.attempts import (
    ABOUT_SOMEBODY,
    FOR_EVERYONE,
    IN_ONES_OWN_PLAN,
    Things,
    Try,
)
from tests.canaries import TEAMS, account_of, rows_word
from tests.conftest import asked, hashes, rows_of
from tests.matrix import World, hidden_plan

LEADS = (
    "director", "other director", "director of the other area", "area director",
    "other area director",
)  # fmt: skip
AREA = ("area director", "other area director")
MAY: dict[str, tuple[str, ...]] = {
    "people.add_person": (*LEADS, "operations"),
    "modules.one_module_each": (*LEADS, "operations"),
    "templates.keep_template": LEADS,
    "templates.drop_template": LEADS,
    "staging.stage": ("operations",),
    "committing.commit_import": ("operations",),
    "committing.commit_arrivals": ("operations",),
    "batches.undo_import": ("operations",),
    "viewing.view_as": (),
    "learning.be_asked": ("executive", "peer", "moved", *LEADS),
}
"""Who may do what concerns no one thing of somebody's."""


def may(name: str, role: str) -> bool:
    """Whether the role may do it to what is out of a director's sight."""
    if role == "an id made up":
        # Somebody whom nobody reports to: refused whatever is somebody's.
        role = "other area director" if name in {**FOR_EVERYONE, **MAY} else role
    if name in FOR_EVERYONE:
        return role in (*AREA, "operations")
    if name in ABOUT_SOMEBODY or name == "undoing.undo_change":
        return role == "operations"
    return role in MAY.get(name, ())


def things_of(world: World, person_id: str, director: str) -> Things:
    """What is somebody's, with a realignment of their director and the newest change of a quota."""
    key = (person_id, director)
    if key not in world.things:
        changes = rows_of(world.engine, "setting_changes", asked(world.engine))
        about = (each["audit_id"] for each in changes if person_id in each["payload"])
        word = rows_word(person_id)
        world.things[key] = Things(
            person_id, account_of(word), f"{word}-book", f"{word}-due", world.plans[director],
            next(about, 0), "view of another",
        )  # fmt: skip
    found: Things = world.things[key]
    return found


UNKNOWN = Things(
    "nobody-known", "no-yard", "no-book", "no-deal", "no-plan", 999_999, "view of nobody"
)


def foreign(world: World, scope: Scope) -> Things:
    """What somebody has whom the viewer does not see."""
    theirs = "cyqotra" if scope.viewer_id in ("rubvexi", "ernkyvo") else "hanvopt"
    return things_of(world, theirs, hidden_plan(scope))


def own(world: World, scope: Scope) -> Things:
    """What the viewer may change: of their team, or their own."""
    teams = TEAMS | {"rayzumo": ("danfyqu",), "rubvexi": ("colhyzi",)}
    person_id = teams.get(scope.viewer_id, ("bengriz",))[-2 if scope.viewer_id in TEAMS else 0]
    director = scope.viewer_id if scope.viewer_id in world.plans else "danfyqu"
    return things_of(world, person_id, director)


def refusal_of(world: World, attempt: Try, things: Things, scope: Scope) -> str | None:
    """The words of the refusal without ids; None where it was done."""
    try:
        attempt(world.engine, things, own(world, scope), scope)
    except Refused as refused:
        said = str(refused)
        for each in sorted(map(str, vars(things).values()), key=len, reverse=True):
            said = said.replace(each, "…")
        return said
    return None


def command_faults(world: World, role: tuple[str, Scope], attempts: Mapping[str, Try]) -> list[str]:
    """What somebody did, or learned, by commands about what is not theirs."""
    who, scope = role
    held, versions = hashes(world.engine), versions_of(world)
    found = []
    for name, attempt in attempts.items():
        is_in_plan = name in IN_ONES_OWN_PLAN and scope.viewer_id not in world.plans
        if may(name, who) or is_in_plan:
            continue
        theirs, nothing = (
            refusal_of(world, attempt, things, scope) for things in (foreign(world, scope), UNKNOWN)
        )
        if theirs is None:
            found.append(f"{who} tried {name} on what is out of sight, and it was done")
        elif nothing is None and name not in FOR_EVERYONE:
            found.append(f"{who} tried {name} on what nobody knows, and it was done")
        elif theirs != nothing:
            found.append(f"{who} tried {name}: “{theirs}” is not “{nothing}”")
    if (hashes(world.engine), versions_of(world)) != (held, versions):
        found.append(f"{who} changed the database")
    return found


def versions_of(world: World) -> tuple[int, int]:
    return world.engine.data_version(), world.engine.plan_version()
