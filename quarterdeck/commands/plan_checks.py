"""May this realignment be seen, changed, or go a step further? And what is written down of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from quarterdeck import catalog, clock
from quarterdeck.commands.people import check_sees
from quarterdeck.engine import Cursor, run
from quarterdeck.people import Scope, denied
from quarterdeck.refusal import Refused

MAY_PLAN = ("owner", "director", "area_director")
CREDIT_RULES = ("stay", "move", "split")
QUOTA_RULES = ("kept", "rebased")
RULES = ("lock", "pin", "forbid", "")
KINDS = ("account", "person", "module")
DRAFT, SUBMITTED, APPROVED, PUBLISHED = "draft", "submitted", "approved", "published"
APPROVAL = "realignment_approval"
"""The setting under which the area director has to agree before a director publishes."""
LONGEST = 200


@dataclass(frozen=True)
class Plan:
    """A realignment as it is written down."""

    scenario_id: str
    scenario_name: str
    director_id: str
    status: str
    is_shared: bool
    effective_on: date
    credit_rule: str
    split_until_on: date | None
    quota_rule: str
    built_on: date
    built_version: int


def plan_known(cursor: Cursor, scope: Scope, scenario_id: str) -> Plan:
    """The realignment, if the viewer may see it; another one is refused like none."""
    check_may_plan(scope)
    about = scope.parameters() | {"as_of": clock.today(), "scenario_id": scenario_id}
    found = run(cursor, catalog.statements("plan_known"), about).fetchall()
    if not found:
        raise denied(
            scope,
            "plan",
            Refused(
                "There is no such realignment.",
                scenario_id,
                "Choose one in the list, or begin anew.",
            ),
        )
    return Plan(*found[0])


def check_may_plan(scope: Scope) -> None:
    """Executives and operations do not plan realignments, nor see any."""
    if scope.role not in MAY_PLAN:
        raise denied(
            scope,
            "plan",
            Refused(
                "Your role may not plan realignments.",
                f"role: {scope.role}",
                "Ask your director.",
            ),
        )


def check_open(plan: Plan, scope: Scope) -> None:
    """It may still be changed, and by this viewer."""
    if plan.status == PUBLISHED:
        raise Refused(
            f"“{plan.scenario_name}” is published.",
            "Realignment",
            "Take it back first, or plan the next one.",
        )
    if scope.role != "owner" and plan.director_id != scope.viewer_id:
        raise denied(
            scope,
            "plan",
            Refused(
                f"“{plan.scenario_name}” is somebody else’s.",
                "Realignment",
                "Copy it to change it.",
            ),
        )


def check_name(cursor: Cursor, scenario_id: str, name: str, scope: Scope) -> None:
    text = name.strip()
    if not 0 < len(text) <= LONGEST:
        raise Refused("A realignment needs a name.", "Name", f"Write 1 to {LONGEST} letters.")
    about = {"name": text, "scenario_id": scenario_id, "director_id": scope.viewer_id}
    if run(cursor, catalog.statements("plan_named"), about).fetchall():
        raise Refused(f"You have a realignment “{text}” already.", "Name", "Choose another name.")


def check_sight(cursor: Cursor, about: dict[str, Any]) -> None:
    hidden = run(cursor, catalog.statements("plan_hidden"), about).fetchall()
    if hidden:
        scope = Scope(about["viewer_id"], about["viewer_role"])
        raise denied(
            scope,
            about["kind"],
            Refused(
                f"{len(hidden):,} of {len(about['things']):,} are not in your team’s hands.",
                ", ".join(str(each) for (each,) in hidden[:3]),
                "Choose what your team holds, or ask the area director.",
            ),
        )


def check_deals(cursor: Cursor, about: dict[str, Any]) -> None:
    hidden = run(cursor, catalog.statements("plan_deals_hidden"), about).fetchall()
    if hidden:
        raise Refused(
            f"{len(hidden):,} of {len(about['things']):,} deals are not in your sight.",
            ", ".join(str(each) for (each,) in hidden[:3]),
            "Choose deals that the page lists.",
        )


def check_targets(cursor: Cursor, scope: Scope, kind: str, target_ids: Sequence[str]) -> None:
    """Nobody gives anything to whom, or into what, they do not see."""
    targets = sorted({each for each in target_ids if each})
    if kind != "account":
        for person_id in targets:
            check_sees(cursor, scope, person_id, clock.today())
    elif targets:
        about = asking(scope, targets) | {"kind": "target"}
        check_sight(cursor, about)


def check_unlocked(cursor: Cursor, about: dict[str, Any]) -> None:
    locked = run(cursor, catalog.statements("plan_locked"), about).fetchall()
    if locked:
        raise Refused(
            f"{locked[0][0]} is locked{f': {locked[0][1]}' if locked[0][1] else ''}"
            + (f", and {len(locked) - 1:,} more." if len(locked) > 1 else "."),
            "Accounts",
            "Unlock what shall move, or leave it where it is.",
        )


def check_alone(cursor: Cursor, about: dict[str, Any]) -> None:
    """What goes along with its module cannot be locked."""
    going = run(cursor, catalog.statements("plan_handed"), about).fetchall()
    if going:
        raise Refused(
            f"{going[0][0]} goes along with its module {going[0][1]}.",
            "Accounts",
            "Leave the module where it is and move accounts singly, then lock.",
        )


def check_step(plan: Plan, status: str, scope: Scope) -> None:
    is_above = scope.role in ("owner", "area_director")
    steps = {(DRAFT, SUBMITTED), (SUBMITTED, DRAFT), (SUBMITTED, APPROVED), (APPROVED, DRAFT)}
    if (plan.status, status) not in steps:
        raise Refused(
            f"“{plan.scenario_name}” is {plan.status}: it cannot become {status}.",
            "Realignment",
            "Look at it again.",
        )
    is_own = plan.director_id == scope.viewer_id
    if not is_above and (status == APPROVED or not is_own):
        raise Refused(
            "Only the area director agrees to a realignment.",
            f"role: {scope.role}",
            "Submit it, and ask.",
        )


def asking(scope: Scope, things: Sequence[str]) -> dict[str, Any]:
    return scope.parameters() | {"things": list(things), "as_of": clock.today()}


def changed(cursor: Cursor, plan: Plan, at: datetime) -> None:
    """What was submitted or approved was something else: it is a draft again."""
    if plan.status != DRAFT:
        run(cursor, catalog.statements("plan_set"), asdict(plan) | {"status": DRAFT, "at": at})


def version(cursor: Cursor) -> int:
    ((version,),) = run(cursor, catalog.statements("audit_version")).fetchall()
    return int(version)
