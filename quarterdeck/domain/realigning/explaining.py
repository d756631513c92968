"""Why does an account move, what would be without it, and who else might have it?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quarterdeck.domain.realigning.balance import imbalance
from quarterdeck.domain.realigning.problem import MEASURES, NOBODY, Answer, Problem
from quarterdeck.domain.realigning.table import Places, Table, table


@dataclass(frozen=True)
class Carried:
    """What one of the two owners carries of a measure, in its unit.

    `before` today, `after` in the plan, `without` in the plan but for this move; `share` is fair,
    `lowest` and `highest` the limits.
    """

    executive: int
    measure: str
    before: float
    after: float
    without: float
    share: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class Plan:
    """A plan in short: what lies beyond limits in whole shares, imbalance and cost."""

    beyond: float
    imbalance: float
    cost: float

    @property
    def is_within(self) -> bool:
        return self.beyond == 0


@dataclass(frozen=True)
class Why:
    """The facts of one account in a plan; places count from 0, -1 is nobody.

    `must_leave` where its owner of today may not keep it. `cost` is that of this move: the bond and
    the disruption of it, and the miles. `without` is the plan with this account where it is, None
    where it is there or must leave. `next_best` is who else might have it with the least beyond
    limits and then the least cost, `next_plan` what the plan came to then.
    """

    account: int
    source: int
    target: int
    must_leave: bool
    carried: tuple[Carried, ...]
    cost: float
    revenue: float
    miles_before: float | None
    miles_after: float | None
    plan: Plan
    without: Plan | None
    next_best: int | None
    next_plan: Plan | None

    @property
    def is_move(self) -> bool:
        return self.source != self.target


def explain(problem: Problem, answer: Answer, account: int) -> Why:
    """The facts of the account at this place, whether it moves or not.

    Raises IndexError for a place beyond the accounts.
    """
    known = table(problem)
    owner = np.array(answer.owner, np.intp)
    source, target = problem.current[account], int(owner[account])
    back = _with(owner, account, source)
    may_stay = source != NOBODY and bool(known.options[account, source])
    next_best = _next_best(known, owner, account)
    return Why(
        account=account,
        source=source,
        target=target,
        must_leave=source != target and not may_stay,
        carried=_carried(problem, known, owner, back, account),
        cost=0.0 if source == target else float(known.price[account, target]),
        revenue=problem.revenue[account],
        miles_before=_miles(problem, account, source),
        miles_after=_miles(problem, account, target),
        plan=_plan(problem, known, owner),
        without=_plan(problem, known, back) if may_stay and source != target else None,
        next_best=next_best,
        next_plan=None
        if next_best is None
        else _plan(problem, known, _with(owner, account, next_best)),
    )


def _with(owner: Places, account: int, seat: int) -> Places:
    changed = owner.copy()
    changed[account] = seat
    return changed


def _plan(problem: Problem, known: Table, owner: Places) -> Plan:
    beyond, cost = known.value(owner)
    return Plan(beyond, imbalance(problem, tuple(owner.tolist())), cost)


def _carried(
    problem: Problem, known: Table, owner: Places, back: Places, account: int
) -> tuple[Carried, ...]:
    today = np.array(problem.current, np.intp)
    seats = dict.fromkeys(
        seat for seat in (problem.current[account], int(owner[account])) if seat != NOBODY
    )
    rows = [known.loads(plan) for plan in (today, owner, back)]
    rows += [known.fair, known.lo, known.hi]
    return tuple(
        Carried(seat, measure, *(float(row[place, seat] / unit) for row in rows))
        for seat in seats
        for place, (measure, unit) in enumerate(zip(MEASURES, known.units, strict=True))
    )


def _next_best(known: Table, owner: Places, account: int) -> int | None:
    """Who may own it besides the owner in the plan and the one of today."""
    others = [
        int(seat)
        for seat in np.flatnonzero(known.options[account])
        if seat not in (owner[account], known.home[account])
    ]
    return min(
        others, key=lambda seat: (*known.value(_with(owner, account, seat)), seat), default=None
    )


def _miles(problem: Problem, account: int, seat: int) -> float | None:
    return problem.miles[account][seat] if problem.miles and seat != NOBODY else None
