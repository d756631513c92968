"""A realignment on trial: what would move, what must stay, and by which rules. Nothing is true yet.

The names of these commands begin with "Plan": they change no number that another page shows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import uuid4

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor
from quarterdeck.commands.people import check_sees
from quarterdeck.commands.plan_checks import (
    CREDIT_RULES,
    DRAFT,
    KINDS,
    QUOTA_RULES,
    RULES,
    SUBMITTED,
    asking,
    changed,
    check_alone,
    check_deals,
    check_may_plan,
    check_name,
    check_open,
    check_sight,
    check_step,
    check_targets,
    check_unlocked,
    plan_known,
    version,
)
from quarterdeck.engine import DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class PlanRealignment:
    """What holds for a whole realignment; without an id it is a new one."""

    scenario_name: str
    effective_on: date
    scenario_id: str = ""
    credit_rule: str = "move"
    split_until_on: date | None = None
    quota_rule: str = "kept"
    is_shared: bool = False


@dataclass(frozen=True)
class PlanMoves:
    """Accounts to a module ('account') or to somebody without one ('person'), modules to somebody
    ('module'); a target of '' leaves the thing where it is."""

    scenario_id: str
    kind: str
    thing_ids: tuple[str, ...]
    target_ids: tuple[str, ...]


@dataclass(frozen=True)
class PlanRule:
    """Accounts that stay ('lock'), go to somebody ('pin') or never do ('forbid'); '' for none."""

    scenario_id: str
    rule: str
    account_ids: tuple[str, ...]
    person_id: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PlanDeals:
    """Open deals that are credited otherwise than the realignment's rule says; '' for not."""

    scenario_id: str
    deal_ids: tuple[str, ...]
    credit_rule: str


@dataclass(frozen=True)
class PlanCopy:
    """A second one to compare with."""

    scenario_id: str
    scenario_name: str


@dataclass(frozen=True)
class PlanDrop:
    """One that is not wanted any more; its rows stay, ended."""

    scenario_id: str


@dataclass(frozen=True)
class PlanStatus:
    """Where it stands between draft and publishing: submitted, approved, or a draft again."""

    scenario_id: str
    status: str


@dataclass(frozen=True)
class PlanLooked:
    """What changed since it was built was looked at: from now on it is built on today's data."""

    scenario_id: str


def plan_realignment(engine: DuckDBEngine, command: PlanRealignment, *, scope: Scope) -> str:
    """Begin one, or change what holds for it; its scenario_id.

    Raises Refused for a name that is empty, too long or taken, a rule unknown, a split without an
    end, and a day in the past.
    """
    check_may_plan(scope)
    _check(command)
    with engine.transaction() as cursor:
        before = plan_known(cursor, scope, command.scenario_id) if command.scenario_id else None
        if before:
            check_open(before, scope)
        scenario_id = command.scenario_id or uuid4().hex[:12]
        check_name(cursor, scenario_id, command.scenario_name, scope)
        at = audit.moment(cursor)
        after = asdict(command) | {
            "scenario_id": scenario_id,
            "scenario_name": command.scenario_name.strip(),
            "director_id": before.director_id if before else scope.viewer_id,
            "status": DRAFT,
            "built_on": before.built_on if before else clock.today(),
            "built_version": before.built_version if before else version(cursor),
            "at": at,
        }
        run(cursor, catalog.statements("plan_set"), after)
        audit.record(cursor, actor(scope), command, at)
    return scenario_id


def plan_moves(engine: DuckDBEngine, command: PlanMoves, *, scope: Scope) -> None:
    """Move on trial. Raises Refused for what is out of sight, locked, or known to nobody."""
    if command.kind not in KINDS or len(command.thing_ids) != len(command.target_ids):
        raise Refused("This is no move.", command.kind, f"One of: {', '.join(KINDS)}.")
    with engine.transaction() as cursor:
        plan = plan_known(cursor, scope, command.scenario_id)
        check_open(plan, scope)
        about = asking(scope, command.thing_ids) | {
            "scenario_id": command.scenario_id, "kind": command.kind
        }  # fmt: skip
        check_sight(cursor, about)
        check_targets(cursor, scope, command.kind, command.target_ids)
        check_unlocked(cursor, about)
        at = audit.moment(cursor)
        moving = about | {"targets": list(command.target_ids), "at": at}
        run(cursor, catalog.statements("plan_moves_set"), moving)
        changed(cursor, plan, at)
        audit.record(cursor, actor(scope), command, at)


def plan_rule(engine: DuckDBEngine, command: PlanRule, *, scope: Scope) -> None:
    """Lock, pin or forbid; what is locked moves no more. Raises Refused for what is hidden."""
    if command.rule not in RULES or (command.rule in ("pin", "forbid") and not command.person_id):
        raise Refused("This is no rule.", command.rule, "Lock, pin to or forbid somebody.")
    with engine.transaction() as cursor:
        plan = plan_known(cursor, scope, command.scenario_id)
        check_open(plan, scope)
        about = asking(scope, command.account_ids) | {"kind": "account"}
        check_sight(cursor, about)
        if command.person_id:
            check_sees(cursor, scope, command.person_id, clock.today())
        if command.rule == "lock":
            check_alone(cursor, about | {"scenario_id": plan.scenario_id})
        at = audit.moment(cursor)
        ruling = about | asdict(command) | {"at": at}
        run(cursor, catalog.statements("plan_rules_set"), ruling)
        changed(cursor, plan, at)
        audit.record(cursor, actor(scope), command, at)


def plan_deals(engine: DuckDBEngine, command: PlanDeals, *, scope: Scope) -> None:
    """Credit some deals otherwise than the rest. Raises Refused for a rule unknown, and for deals
    that are out of sight."""
    if command.credit_rule not in ("", *CREDIT_RULES):
        raise Refused(
            "This is no rule.", command.credit_rule, f"One of: {', '.join(CREDIT_RULES)}."
        )
    with engine.transaction() as cursor:
        plan = plan_known(cursor, scope, command.scenario_id)
        check_open(plan, scope)
        check_deals(cursor, asking(scope, command.deal_ids))
        at = audit.moment(cursor)
        run(cursor, catalog.statements("plan_deals_set"), asdict(command) | {"at": at})
        changed(cursor, plan, at)
        audit.record(cursor, actor(scope), command, at)


def plan_copy(engine: DuckDBEngine, command: PlanCopy, *, scope: Scope) -> str:
    """A draft that holds the same; its scenario_id. Raises Refused for a name that is taken."""
    with engine.transaction() as cursor:
        plan_known(cursor, scope, command.scenario_id)
        scenario_id = uuid4().hex[:12]
        check_name(cursor, scenario_id, command.scenario_name, scope)
        at = audit.moment(cursor)
        copying = asdict(command) | {
            "scenario_name": command.scenario_name.strip(),
            "copy_id": scenario_id,
            "director_id": scope.viewer_id,
            "at": at,
        }
        run(cursor, catalog.statements("plan_copy"), copying)
        audit.record(cursor, actor(scope), command, at)
    return scenario_id


def plan_drop(engine: DuckDBEngine, command: PlanDrop, *, scope: Scope) -> None:
    """Give one up. Raises Refused for one that was published: take that back first."""
    with engine.transaction() as cursor:
        check_open(plan_known(cursor, scope, command.scenario_id), scope)
        at = audit.moment(cursor)
        run(cursor, catalog.statements("plan_drop"), asdict(command) | {"at": at})
        audit.record(cursor, actor(scope), command, at)


def plan_status(engine: DuckDBEngine, command: PlanStatus, *, scope: Scope) -> None:
    """Submit, approve or send back. Raises Refused for a step that the role may not take."""
    with engine.transaction() as cursor:
        plan = plan_known(cursor, scope, command.scenario_id)
        check_step(plan, command.status, scope)
        at = audit.moment(cursor)
        after = asdict(plan) | {"status": command.status, "at": at}
        after["is_shared"] = plan.is_shared or command.status == SUBMITTED
        run(cursor, catalog.statements("plan_set"), after)
        audit.record(cursor, actor(scope), command, at)


def plan_looked(engine: DuckDBEngine, command: PlanLooked, *, scope: Scope) -> None:
    """Build it on today's data: what moves is said to come from who holds it now."""
    with engine.transaction() as cursor:
        plan = plan_known(cursor, scope, command.scenario_id)
        check_open(plan, scope)
        at = audit.moment(cursor)
        today = {"built_on": clock.today(), "built_version": version(cursor), "at": at}
        run(cursor, catalog.statements("plan_set"), asdict(plan) | today)
        again = {"scenario_id": plan.scenario_id, "as_of": clock.today(), "at": at}
        run(cursor, catalog.statements("plan_moves_again"), again)
        audit.record(cursor, actor(scope), command, at)


def _check(command: PlanRealignment) -> None:
    if command.credit_rule not in CREDIT_RULES or command.quota_rule not in QUOTA_RULES:
        known = ", ".join((*CREDIT_RULES, *QUOTA_RULES))
        raise Refused("This is no rule.", "Rules", f"One of: {known}.")
    if command.effective_on < clock.today():
        raise Refused(
            f"A realignment cannot hold from {command.effective_on}, which is past.",
            "Holds from",
            "Choose today or a later day: what was so stays as it was.",
        )
    until = command.split_until_on
    if command.credit_rule == "split" and (until is None or until <= command.effective_on):
        raise Refused(
            "Shared credit needs an end after the day the realignment holds from.",
            "Shared until",
            "Choose a later day.",
        )
