"""A realignment becomes true from a day on: new dated rows of accounts, modules, credit, quotas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from quarterdeck import audit, catalog, clock
from quarterdeck.commands.checking import actor
from quarterdeck.commands.people import check_sees
from quarterdeck.commands.plan_checks import (
    APPROVAL,
    APPROVED,
    PUBLISHED,
    Plan,
    asking,
    check_open,
    check_sight,
    plan_known,
    version,
)
from quarterdeck.domain.naming import slug
from quarterdeck.domain.rebasing import Flow, rebased, shares_after
from quarterdeck.engine import Cursor, DuckDBEngine, run
from quarterdeck.people import Scope
from quarterdeck.refusal import Refused


@dataclass(frozen=True)
class PublishRealignment:
    """`seen` is the version of the data that was looked at; `accepts` what changed since the
    realignment was built. `people` are those whom it touches: the audit keeps them."""

    scenario_id: str
    seen: int
    accepts: bool = False
    effective_on: date | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """What became true."""

    accounts: int
    modules: int
    deals: int
    quota_months: int


@dataclass(frozen=True)
class _Step:
    """One account that changes hands or lies in another module then."""

    account_id: str
    was_module_id: str
    module_id: str
    was_person_id: str
    person_id: str
    potential: Fraction


def publish(engine: DuckDBEngine, command: PublishRealignment, *, scope: Scope) -> Published:
    """Make a realignment true from its day, in one transaction; nothing of the past is touched.

    Raises Refused for a day in the past, for what changed since and was not looked at, for somebody
    who has left by then, without the agreement that is asked for, and when others were faster.
    """
    with engine.transaction() as cursor:
        plan = plan_known(cursor, scope, command.scenario_id)
        check_open(plan, scope)
        from_on = command.effective_on or plan.effective_on
        _check(cursor, plan, command, scope, from_on)
        steps = _steps(cursor, plan, from_on)
        _check_steps(cursor, plan, steps, scope, from_on)
        at = audit.moment(cursor)
        writing = {"scenario_id": plan.scenario_id, "from_on": from_on, "at": at, "batch_id": None}
        # Credit and quotas are told from what is held before anything moves.
        deals = _credit(
            cursor, writing | {"until_on": plan.split_until_on, "rule": plan.credit_rule}
        )
        months = _rebase(cursor, writing, steps) if plan.quota_rule == "rebased" else 0
        modules = _hand_over(cursor, writing, steps)
        after = asdict(plan) | {"status": PUBLISHED, "effective_on": from_on, "at": at}
        run(cursor, catalog.statements("plan_set"), after)
        people = {one for step in steps for one in (step.was_person_id, step.person_id) if one}
        done = replace(command, effective_on=from_on, people=tuple(sorted(people)))
        audit.record(cursor, actor(scope), done, at)
    moved = sum(step.was_person_id != step.person_id for step in steps)
    return Published(moved, modules, deals, months)


def _check(
    cursor: Cursor, plan: Plan, command: PublishRealignment, scope: Scope, from_on: date
) -> None:
    if from_on < clock.today():
        raise Refused(
            f"A realignment cannot hold from {from_on}: what is past stays as it was.",
            "Holds from",
            "Choose today or a later day.",
        )
    if scope.role == "director" and plan.status != APPROVED and _needs_approval(cursor):
        raise Refused(
            f"“{plan.scenario_name}” is {plan.status}: the area director agrees first.",
            "Approval",
            "Submit it, and ask.",
        )
    if command.seen != version(cursor):
        raise Refused(
            "Somebody changed the data while you looked.",
            plan.scenario_name,
            "Nothing was published. Look at what changed, and publish again.",
        )
    if not command.accepts and _news(cursor, plan):
        raise Refused(
            f"The data changed since “{plan.scenario_name}” was built on {plan.built_on}.",
            plan.scenario_name,
            "Look at what changed, and say that it is meant all the same.",
        )
    if plan.credit_rule == "split" and (not plan.split_until_on or plan.split_until_on <= from_on):
        raise Refused(
            "Shared credit would end before the realignment begins.",
            "Shared until",
            "Choose a later day.",
        )


def _news(cursor: Cursor, plan: Plan) -> int:
    about = {"scenario_id": plan.scenario_id}
    return int(run(cursor, catalog.statements("publish_news"), about).fetchall()[0][0])


def _needs_approval(cursor: Cursor) -> bool:
    found = run(cursor, catalog.statements("setting_value"), {"name": APPROVAL}).fetchall()
    return bool(found) and found[0][0] == "on"


def _steps(cursor: Cursor, plan: Plan, from_on: date) -> list[_Step]:
    about = {"scenario_id": plan.scenario_id, "from_on": from_on, "as_of": clock.today()}
    rows = run(cursor, catalog.statements("publish_steps"), about).fetchall()
    return [
        _Step(account, was_module, module, was, person, Fraction(potential))
        for account, was_module, module, was, person, potential in rows
    ]


def _check_steps(
    cursor: Cursor, plan: Plan, steps: list[_Step], scope: Scope, from_on: date
) -> None:
    about = {"scenario_id": plan.scenario_id}
    hands = {one for (one,) in run(cursor, catalog.statements("publish_hands"), about).fetchall()}
    if not steps and not hands:
        raise Refused(
            f"“{plan.scenario_name}” moves nothing.", plan.scenario_name, "Move something first."
        )
    check_sight(cursor, asking(scope, [step.account_id for step in steps]) | {"kind": "account"})
    takers = sorted(hands | {step.person_id for step in steps if step.person_id})
    for person_id in takers:
        check_sees(cursor, scope, person_id, from_on)
    leaving = {"people": takers, "from_on": from_on}
    gone = run(cursor, catalog.statements("publish_leavers"), leaving).fetchall()
    if gone:
        name, left_on = gone[0]
        raise Refused(
            f"{name} leaves on {left_on}, before {from_on}.",
            plan.scenario_name,
            "Give those accounts to somebody else.",
        )


def _hand_over(cursor: Cursor, writing: dict[str, Any], steps: list[_Step]) -> int:
    """Accounts into their modules, modules into their owners' hands; how many modules."""
    homes = {}
    for step in steps:
        if not step.module_id and step.person_id:
            homes[step.account_id] = _home(cursor, writing, step.person_id)
    placing = [step for step in steps if step.module_id != step.was_module_id or not step.module_id]
    run(
        cursor,
        catalog.statements("publish_accounts"),
        writing
        | {
            "accounts": [step.account_id for step in placing],
            "modules": [homes.get(step.account_id, step.module_id) for step in placing],
        },
    )
    run(cursor, catalog.statements("accounts_move"), writing)
    ((count,),) = run(cursor, catalog.statements("publish_owners"), writing).fetchall()
    run(cursor, catalog.statements("owners_move"), writing)
    return int(count)


def _home(cursor: Cursor, writing: dict[str, Any], person_id: str) -> str:
    """The module of somebody who has none yet: made now, under their name."""
    about = {"person_id": person_id, "from_on": writing["from_on"]}
    module_id, name = run(cursor, catalog.statements("publish_home"), about).fetchall()[0]
    if module_id:
        return str(module_id)
    named = f"{name}’s accounts"
    making = writing | {"module_id": slug(named), "module_name": named, "person_id": person_id}
    run(cursor, catalog.statements("publish_make_home"), making)
    return str(making["module_id"])


def _credit(cursor: Cursor, writing: dict[str, Any]) -> int:
    """The credit of open deals by rule; how many deals."""
    about = writing | {"as_of": clock.today()}
    ((count,),) = run(cursor, catalog.statements("publish_credits"), about).fetchall()
    run(cursor, catalog.statements("publish_credit_shift"), writing)
    return int(count)


def _rebase(cursor: Cursor, writing: dict[str, Any], steps: list[_Step]) -> int:
    """Quotas follow the potential that changes hands, month by month and line by line."""
    loads = dict(
        run(
            cursor, catalog.statements("publish_loads"), writing | {"as_of": clock.today()}
        ).fetchall()
    )
    flows = [
        Flow(step.was_person_id, step.person_id, step.potential)
        for step in steps
        if step.was_person_id and step.person_id and step.was_person_id != step.person_id
    ]
    spread = shares_after({one: Fraction(load) for one, load in loads.items()}, flows)
    cells: dict[tuple[date, str, str], dict[str, int]] = defaultdict(dict)
    people = sorted({one for flow in flows for one in (flow.from_id, flow.to_id)})
    about = writing | {"people": people}
    for person_id, month, line, basis, cents in run(
        cursor, catalog.statements("publish_quotas"), about
    ).fetchall():
        cells[month, line, basis][person_id] = int(cents)
    rows = [
        (person_id, month, line, basis, cents)
        for (month, line, basis), held in cells.items()
        for person_id, cents in rebased(held, spread).items()
        if cents != held.get(person_id, 0)
    ]
    _write_quotas(cursor, writing, rows)
    return len(rows)


def _write_quotas(
    cursor: Cursor, writing: dict[str, Any], rows: list[tuple[str, date, str, str, int]]
) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    names = ("people", "months", "product_lines", "bases", "cents")
    setting = writing | {name: list(column) for name, column in zip(names, columns, strict=True)}
    run(cursor, catalog.statements("publish_quota_set"), setting)
    run(cursor, catalog.statements("quota_shift"), setting | {"origin": "command"})
